/** Handlers of the panel's messages about turns, the composer, and the buttons of error cards and notices. */

import { l10n } from 'vscode';
import type { RunCommand } from '../../base/host/feature.ts';
import { GoneElsewhere } from '../../base/host/hiddenTexts.ts';
import { selectModel } from '../../connections/host/modelPicker.ts';
import type { Models } from '../../connections/host/models.ts';
import { writeParameters } from '../../connections/host/parameterSettings.ts';
import { answerReasoning, answerText } from '../../llm/answerParts.ts';
import type { Handlers } from '../../ui/common/messages.ts';
import { activeTurns, type Turn } from '../common/conversation.ts';
import type { HostMessage } from '../common/protocol.ts';
import type { ViewMessage } from '../common/protocolSchema.ts';
import { checkAddress, runPanelAction, type TurnActions } from './answerHandlers.ts';
import type { ChatView } from './chatView.ts';
import type { Notices } from './composer/notices.ts';
import { toMoreTurns, toTurnWindow } from './turnViews.ts';

export interface ComposerDependencies {
  /** The chat that the panel shows. */
  view: Pick<ChatView, 'chats' | 'composer' | 'meter'>;
  models: Models;
  notices: Pick<Notices, 'dismiss'>;
}

/** `settled` resolves when all settings being changed are written. It never rejects. */
export function createComposerHandlers({ view, models, notices }: ComposerDependencies) {
  const { chats, composer, meter } = view;
  let settling: Promise<unknown> = Promise.resolve();
  const settle = (written: Promise<void>): Promise<void> => {
    settling = Promise.allSettled([settling, written]);
    return written;
  };
  const handlers = {
    'draft-change'({ text }) {
      composer.draft = text;
    },
    'notice-dismiss': ({ id }) => notices.dismiss(id),
    'model-select': ({ ref }) => settle(selectModel(ref, { chats, models })),
    'parameters-change'({ parameters }) {
      const session = chats.current;
      if (session.conversation.turns.length > 0) session.changeSettings({ parameters });
      return settle(writeParameters(parameters));
    },
    'system-prompt-change': ({ text }) => chats.current.changeSettings({ systemPrompt: text || undefined }),
    'context-summarise': () => meter.summarise(),
  } satisfies Partial<Handlers<ViewMessage>>;
  return { handlers, settled: () => settling };
}

export interface TurnDependencies {
  /** The chat that the panel shows. */
  view: Pick<ChatView, 'chats' | 'composer'>;
  models: Models;
  /** Resolves when all settings being changed are written: a question must see them. */
  settled(): Promise<unknown>;
  /** Offers the unsent question again if the user has closed the chat meanwhile. */
  offerUnsent(): Promise<void>;
  run(command: 'qiao.newChat' | 'qiao.compare' | 'qiao.copyAsCode', ...args: unknown[]): Promise<void>;
  post(message: HostMessage): void;
}

export function createTurnHandlers(dependencies: TurnDependencies) {
  const { view, models, settled, run, post } = dependencies;
  const { chats, composer } = view;
  return {
    'chat-new': () => run('qiao.newChat'),
    async 'turn-submit'({ text }) {
      await settled();
      await submit(text, dependencies);
    },
    'turn-stop': () => chats.current.stop(),
    async 'turn-retry'({ turnId, modelRef }) {
      await settled();
      chats.current.retry(turnId, modelRef);
    },
    async 'turn-edit'({ turnId, text }) {
      await settled();
      const session = chats.current;
      const turn = session.conversation.turns.find(({ id }) => id === turnId);
      if (turn) session.edit(turn.id, await composer.reword(text, turn.attachments));
    },
    async 'turn-continue'({ turnId }) {
      await settled();
      chats.current.resume(turnId, continueInstruction());
    },
    'turn-compare': ({ turnId }) => run('qiao.compare', turnId),
    'snippet-copy': ({ turnId }) => run('qiao.copyAsCode', { turnId }),
    'branch-select': ({ turnId }) => chats.current.selectBranch(turnId),
    'turns-load'(message) {
      const more = toMoreTurns(chats.current.conversation, models, message);
      if (more) post({ type: 'turns-add', place: message.place, ...more });
    },
    'turns-show'({ turnId }) {
      const { conversation, view } = chats.current;
      const revealTurnId = turnId ?? undefined;
      const window = toTurnWindow(conversation, models, revealTurnId);
      post({ type: 'conversation-change', conversation: view, revealTurnId, ...window });
    },
    'find-run'({ query }) {
      const matches = findInTurns(activeTurns(chats.current.conversation), query);
      post({ type: 'find-results', query, matches });
    },
    async 'queue-change'({ action }) {
      const session = chats.current;
      const { queued } = session;
      if (!queued) return;
      if (action === 'send') return session.sendQueued();
      session.setQueued(undefined);
      if (action === 'remove') return;
      await composer.restore(queued);
      post({ type: 'composer-focus', text: composer.draft });
    },
  } satisfies Partial<Handlers<ViewMessage>>;
}

export interface ActionDependencies {
  /** The chat whose panel has the buttons. */
  view: Pick<ChatView, 'chats'>;
  models: Models;
  run: RunCommand;
}

export function createActionHandlers({ view: { chats }, models, run }: ActionDependencies) {
  const turnOf = (id: string | undefined): Turn | undefined =>
    chats.current.conversation.turns.find((turn) => turn.id === id);
  const actions: TurnActions = {
    inspect: (turnId) => turnId !== undefined && run('qiao.inspectRequest', turnId),
    retry: (turnId) => turnId !== undefined && chats.current.retry(turnId),
    /** Selects the successor of a model that the platform lacks, and asks the turn's question again. */
    async 'switch-model'(turnId) {
      const session = chats.current;
      const turn = turnOf(turnId);
      const successor = models.successorOf(turn?.model ?? session.settings.model);
      if (!successor) return;
      await selectModel(successor.ref, { chats, models });
      if (turn) session.retry(turn.id, successor.ref);
    },
    'check-address': (turnId) =>
      checkAddress(turnOf(turnId)?.model ?? chats.current.settings.model, { models, run }),
  };
  return {
    'action-run': (message) => runPanelAction(message, actions, run),
  } satisfies Partial<Handlers<ViewMessage>>;
}

/** Restores a refused question into the composer; when the tab is closed, offers it again. */
async function submit(
  text: string,
  { view: { chats, composer }, offerUnsent, post }: TurnDependencies,
): Promise<void> {
  // The chat may show another conversation by the time `take` is done.
  const session = chats.current;
  let refused: Pick<Turn, 'question' | 'attachments'> | undefined = { question: text, attachments: [] };
  let type: 'composer-focus' | 'draft-replace' = 'composer-focus';
  try {
    const question = await composer.take(text);
    refused = question && session.submit(question) === 'refused' ? question : undefined;
    if (!question && composer.draft !== '') post({ type: 'composer-focus', text: composer.draft });
  } catch (error) {
    if (error instanceof GoneElsewhere) type = 'draft-replace';
    throw error;
  } finally {
    if (refused) {
      await composer.restore(refused);
      post({ type, text: composer.draft });
      await offerUnsent();
    }
  }
}

/** In the user's language, as if they had typed it. */
function continueInstruction(): string {
  return l10n.t(
    'Your answer was cut off. Go on exactly where it ended, without repeating anything and without an introduction.',
  );
}

/** The turns whose question, reasoning or answer contains `query` in any case, with the number of matches in each. */
function findInTurns(turns: readonly Turn[], query: string): { turnId: string; count: number }[] {
  const wanted = query.toLowerCase();
  if (wanted === '') return [];
  return turns
    .map(({ id, question, answer }) => {
      const texts = [question, answerReasoning(answer), answerText(answer)];
      const counts = texts.map((text) => text.toLowerCase().split(wanted).length - 1);
      return { turnId: id, count: counts.reduce((sum, count) => sum + count) };
    })
    .filter(({ count }) => count > 0);
}
