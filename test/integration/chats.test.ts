/** Chats side by side: which conversation each shows, on which one a command acts, and what becomes of what is left. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Conversation, createConversation } from '../../src/chat/common/conversation.ts';
import type { ChatSurface, ChatView } from '../../src/chat/host/chatView.ts';
import { ChatViews, type ChatViewsOptions } from '../../src/chat/host/chatViews.ts';
import type { History } from '../../src/chat/host/history/history.ts';
import { Sessions } from '../../src/chat/host/sessions.ts';
import type { Models } from '../../src/connections/host/models.ts';
import type { StreamPart } from '../../src/llm/chatModel.ts';
import { findDashScopeModel } from '../../src/providers/dashscope/dashscopeCatalog.ts';
import { createMemento } from '../support/memento.ts';
import { textOf } from '../support/textOf.ts';
import { until } from './until.ts';

interface Surface extends ChatSurface {
  visible: boolean;
  active: boolean;
  revealed: number;
  shown: string;
}

const createSurface = (): Surface => ({
  visible: true,
  active: false,
  revealed: 0,
  shown: '',
  async reveal() {
    this.revealed++;
  },
  show(title, state) {
    this.shown = `${title}|${state}`;
  },
});

const attachment = {
  id: 'a',
  kind: 'clipboard',
  path: 'Pasted text',
  uri: '',
  languageId: '',
  startLine: 1,
  endLine: 1,
  text: 'pasted',
} as const;

describe('chats side by side', () => {
  const silent = new vscode.EventEmitter<void>().event;
  const values = new Map<string, unknown>();
  let stored: Map<string, Conversation>;
  let reads: string[];
  let log: vscode.LogOutputChannel;
  let sessions: Sessions;
  let views: ChatViews;
  let surfaces: Map<ChatView, Surface>;
  /** Ends the answers that are coming. */
  let finish: () => void;
  let ended: Promise<void>;

  const models = {
    describe: findDashScopeModel,
    normalize: (ref: string) => ref || 'qwen-plus',
    successorOf: () => undefined,
    groups: async () => [],
    profileOf: () => ({ id: 'dashscope', name: 'DashScope', provider: 'dashscope' }),
    open: async () => ({
      info: findDashScopeModel('qwen-plus'),
      async *stream(_: unknown, signal: AbortSignal): AsyncGenerator<StreamPart> {
        yield { type: 'text-delta', text: 'answer' };
        await Promise.race([ended, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
        signal.throwIfAborted();
        yield { type: 'finish', reason: 'stop' };
      },
    }),
  } as unknown as Models;

  const start = async (): Promise<void> => {
    const history = {
      append: async () => {},
      follow: () => ({ dispose() {} }),
      async open(id: string) {
        reads.push(id);
        return stored.get(id);
      },
    } as Pick<History, 'append' | 'follow' | 'open'>;
    const state = createMemento(values);
    sessions = new Sessions({ models, history, log, state });
    surfaces = new Map();
    const sideBar = createSurface();
    views = await ChatViews.open({
      ...{ sessions, history: history as History, models, state, log, sideBar },
      sources: { blockReason: async () => undefined, refresh: async () => undefined },
      notices: { onDidChange: silent, for: () => undefined },
      lists: { onDidChange: silent },
      connectionState: { onDidChange: silent, current: async () => 'ready' },
      commands: { onDidChange: silent, choices: [], parse: () => undefined, load: async () => {} },
      starters: { onDidChange: silent, current: () => [] },
      openTab(view: ChatView) {
        const surface = createSurface();
        surfaces.set(view, surface);
        view.stand(surface);
      },
    } as unknown as ChatViewsOptions);
    surfaces.set(views.sideBar, sideBar);
  };
  const surfaceOf = (view: ChatView): Surface => surfaces.get(view) ?? assert.fail('stands nowhere');
  const idOf = (view: ChatView): string => view.chats.current.conversation.id;
  const ask = (view: ChatView, question: string): void =>
    void view.chats.current.submit({ question, attachments: [] });
  const open = async (from: ChatView): Promise<ChatView> => {
    await views.openInEditor(from);
    return views.all.at(-1) ?? assert.fail();
  };

  before(() => {
    log = vscode.window.createOutputChannel('Qiao chats test', { log: true });
  });
  beforeEach(async () => {
    values.clear();
    reads = [];
    stored = new Map(['one', 'two'].map((id) => [id, createConversation(id, 1, null)]));
    ended = new Promise((resolve) => {
      finish = resolve;
    });
    await start();
  });
  afterEach(async () => {
    finish();
    views.dispose();
    await sessions.dispose();
  });
  after(() => log.dispose());

  it('move from the side bar into a tab, with draft and attachments, while the answer goes on', async () => {
    const { sideBar } = views;
    ask(sideBar, 'first');
    const id = idOf(sideBar);
    sideBar.composer.draft = 'and then?';
    await sideBar.attachments.add([attachment]);
    const posted: unknown[] = [];
    sideBar.chats.connect((message) => posted.push(message));
    const tab = await open(sideBar);
    assert.equal(idOf(tab), id);
    assert.notEqual(idOf(sideBar), id);
    assert.equal(surfaceOf(tab).shown, 'first|running');
    assert.deepEqual([tab.composer.draft, sideBar.composer.draft], ['and then?', '']);
    assert.deepEqual([tab.attachments.sendable.length, sideBar.attachments.sendable.length], [1, 0]);
    assert.ok(
      posted.some((message) => JSON.stringify(message) === '{"type":"draft-move","text":"and then?"}'),
    );
    finish();
    await until(() => surfaceOf(tab).shown === 'first|idle');
  });

  it('each have their own, and answer at the same time', async () => {
    const one = await open(views.sideBar);
    const two = await open(one);
    ask(one, 'for one');
    ask(two, 'for two');
    await until(() =>
      [one, two].every(({ chats }) => textOf(chats.current.conversation.turns[0]) === 'answer'),
    );
    one.composer.draft = 'draft of one';
    assert.equal(two.composer.draft, '');
    assert.deepEqual([surfaceOf(one).shown, surfaceOf(two).shown], ['for one|running', 'for two|running']);
  });

  it('say that a question waits for the user', async () => {
    const tab = await open(views.sideBar);
    ask(tab, 'first');
    ask(tab, 'second');
    await until(() => textOf(tab.chats.current.conversation.turns[0]) === 'answer');
    tab.chats.current.stop();
    await until(() => surfaceOf(tab).shown === 'first|waiting');
  });

  it('never show one conversation twice', async () => {
    const tab = await open(views.sideBar);
    await tab.chats.open('one');
    const before = surfaceOf(tab).revealed;
    assert.equal(await views.sideBar.chats.open('one'), true);
    assert.notEqual(idOf(views.sideBar), 'one');
    assert.equal(surfaceOf(tab).revealed, before + 1);
    await Promise.all([tab.chats.open('two'), views.sideBar.chats.open('two')]);
    assert.deepEqual(
      reads.filter((id) => id === 'two'),
      ['two'],
    );
    assert.equal(views.all.filter((view) => idOf(view) === 'two').length, 1);
  });

  it('open a conversation once, however often it is asked for', async () => {
    await Promise.all([views.openConversation('one'), views.openConversation('one')]);
    assert.equal(views.all.filter((view) => idOf(view) === 'one').length, 1);
    assert.equal(views.all.length, 2);
  });

  it('do not show what is read when they are closed already', async () => {
    const tab = await open(views.sideBar);
    const opening = tab.chats.open('one');
    await views.close(tab);
    await opening;
    assert.equal(sessions.find('one'), undefined);
  });

  it('tell of an answer that came along into a tab', async () => {
    ask(views.sideBar, 'first');
    const told: boolean[] = [];
    views.onDidChange(() => told.push(views.active.chats.current.busy));
    await open(views.sideBar);
    assert.equal(told.at(-1), true);
  });

  it('take an answer back that went on out of sight', async () => {
    const { sideBar } = views;
    ask(sideBar, 'first');
    const id = idOf(sideBar);
    sideBar.chats.newChat();
    assert.equal(sessions.isRunning(id), true);
    await views.openConversation(id);
    const tab = views.showing(id) ?? assert.fail();
    assert.equal(surfaceOf(tab).shown, 'first|running');
    finish();
    await until(() => surfaceOf(tab).shown === 'first|idle');
    assert.ok(sessions.find(id), 'in sight');
    await views.close(tab);
    assert.equal(sessions.find(id), undefined);
  });

  it('are acted on by the title they stand below, else where the user was last', async () => {
    const tab = await open(views.sideBar);
    surfaceOf(tab).active = true;
    assert.equal(views.active, tab);
    views.use(views.sideBar);
    assert.equal(views.active, views.sideBar);
    assert.equal(views.targetOf([]), views.sideBar);
    assert.equal(views.targetOf([vscode.Uri.parse('webview-panel:webview-panel/x'), { groupId: 0 }]), tab);
    views.use(tab);
    assert.equal(views.targetOf([null]), views.sideBar, 'the title of the view');
    surfaceOf(tab).visible = false;
    assert.equal(views.active, views.sideBar, 'nobody sees the tab');
    const other = await open(tab);
    views.use(views.sideBar);
    surfaceOf(views.sideBar).visible = false;
    assert.equal(views.active, other, 'the only one in sight');
  });

  it('come back after a reload, each with its own', async () => {
    const tab = await open(views.sideBar);
    ask(tab, 'first');
    const [id, kept] = [idOf(tab), { tab: views.idOf(tab), draft: 'and then?' }];
    await tab.attachments.add([attachment]);
    finish();
    await until(() => !tab.chats.current.busy);
    stored.set(id, tab.chats.current.conversation);
    tab.attachments.dispose();
    await start();
    const again = await views.restore(kept);
    assert.equal(idOf(again), id);
    assert.equal(again.composer.draft, 'and then?');
    await until(() => again.attachments.sendable.length === 1);
    assert.notEqual(idOf(await views.restore(kept)), id, 'a copy of the tab');
    assert.notEqual(idOf(await views.restore({ tab: 5, draft: 'of an older Qiao' })), id);
  });

  it('offer a question again that a closed tab could not ask', async () => {
    const tab = await open(views.sideBar);
    await views.close(tab);
    await tab.composer.restore({ question: 'too late', attachments: [attachment] });
    const told: string[] = [];
    const { showInformationMessage } = vscode.window;
    Object.assign(vscode.window, {
      showInformationMessage: async (text: string, choice: string) => {
        told.push(text);
        return choice;
      },
    });
    try {
      await views.offerUnsent(tab);
    } finally {
      Object.assign(vscode.window, { showInformationMessage });
    }
    const again = views.all.at(-1);
    assert.equal(told.length, 1);
    assert.deepEqual([again?.composer.draft, again?.attachments.sendable.length], ['too late', 1]);
    await views.offerUnsent(views.sideBar);
    assert.equal(told.length, 1, 'it is open');
  });

  it('leave nothing in the memory when they are closed', async () => {
    const tab = await open(views.sideBar);
    await tab.chats.open('one');
    ask(tab, 'more');
    assert.ok([...values.keys()].some((key) => key.includes('@')));
    const { attachments } = tab;
    await views.close(tab);
    // It was still being read.
    await attachments.add([attachment]);
    attachments.dispose();
    assert.deepEqual(
      [...values].filter(([key, value]) => key.includes('@') && value !== undefined),
      [],
    );
  });
});
