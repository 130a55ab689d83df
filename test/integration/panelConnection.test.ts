/** What a page says beside the user's wishes: that it is ready, that it has the focus, and what it looks up by itself. */

import assert from 'node:assert/strict';
import { createConversation } from '../../src/chat/common/conversation.ts';
import type { HostMessage } from '../../src/chat/common/protocol.ts';
import type { ViewMessage } from '../../src/chat/common/protocolSchema.ts';
import { type ChatHost, connectPanel, type PanelDependencies } from '../../src/chat/host/panelConnection.ts';
import { createShowRequest, type ShowRequest } from '../../src/chat/host/showRequest.ts';
import { dispatch } from '../../src/ui/common/messages.ts';
import type { Receiver } from '../../src/ui/host/webviewHost.ts';

describe('the page of a chat', () => {
  let posted: HostMessage[];
  /** Messages that were posted when the code that sends requests began to load. */
  let postedBefore: number | undefined;
  let used: number;
  /** Does what the page asks for. */
  let receive: (message: ViewMessage) => Promise<unknown>;
  let close: () => void;
  /** Lets the snapshot be sent. */
  let goOn: () => void;
  /** The question is taken from the composer. */
  let taking: Promise<void>;
  let began: () => void;
  let view: ReturnType<typeof createView>;
  const createSession = (id: string) => {
    const asked: string[] = [];
    return {
      conversation: createConversation(id, 1, null),
      view: { id },
      asked,
      submit: ({ question }: { question: string }) => void asked.push(question),
    };
  };
  const createView = (waiting: Promise<void>, { take, drop }: ShowRequest) => ({
    chats: { current: createSession('one'), connect: () => ({ dispose: () => {} }) },
    composer: {
      state: () => waiting,
      knownDraft: undefined,
      take: async (question: string) => {
        began();
        await waiting;
        return { question, attachments: [] };
      },
    },
    meter: { view: async () => ({}) },
    takeShowRequest: take,
    dropShowRequest: drop,
  });

  beforeEach(() => {
    posted = [];
    used = 0;
    const waiting = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    taking = new Promise((resolve) => {
      began = resolve;
    });
    const showRequest = createShowRequest();
    showRequest.keep({ type: 'history-show' });
    view = createView(waiting, showRequest);
    const views = { idOf: () => undefined, use: () => used++ };
    let receiver: Receiver<ViewMessage> | undefined;
    const owned: { dispose(): unknown }[] = [];
    const host = {
      isReady: false,
      post: (message: HostMessage) => posted.push(message),
      listen: (listening: Receiver<ViewMessage>) => {
        receiver = listening;
      },
      own: (disposable: { dispose(): unknown }) => owned.push(disposable),
    };
    const warmUp = (): void => {
      postedBefore = posted.length;
    };
    const dependencies = { view, views, models: {}, warmUp } as unknown as PanelDependencies;
    connectPanel(host as unknown as ChatHost, dependencies);
    receive = async (message) => {
      assert.ok(receiver);
      receiver.before?.(message);
      return dispatch(receiver.handlers, message);
    };
    close = () => {
      for (const disposable of owned) disposable.dispose();
    };
  });
  afterEach(() => close());

  it('shows what was asked for though it gets the focus before its snapshot', async () => {
    const ready = receive({ type: 'view-ready' });
    await receive({ type: 'view-focus' });
    goOn();
    await ready;
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['snapshot', 'context-change', 'history-show'],
    );
    assert.equal(postedBefore, 3);
  });

  it('asks in the conversation that was in sight, though another is when all is read', async () => {
    const { current } = view.chats;
    const submitted = receive({ type: 'turn-submit', text: 'what?' });
    await taking;
    view.chats.current = createSession('two');
    goOn();
    await submitted;
    assert.deepEqual(current.asked, ['what?']);
    assert.deepEqual(view.chats.current.asked, []);
  });

  it('is the one in use when it has the focus, not when it looks something up', async () => {
    await receive({ type: 'find-run', query: 'word' });
    assert.equal(used, 0);
    await receive({ type: 'view-focus' });
    assert.equal(used, 1);
  });
});
