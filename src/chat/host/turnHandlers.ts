/** What the panel asks about turns: to send questions, ask them again, go through their branches, and load or find them. */

import { l10n } from 'vscode';
import { GoneElsewhere } from '../../base/host/hiddenTexts.ts';
import type { Models } from '../../connections/host/models.ts';
import type { Handlers } from '../../ui/common/messages.ts';
import { activeTurns, type Turn } from '../common/conversation.ts';
import { findInTurns } from '../common/findInTurns.ts';
import type { HostMessage } from '../common/protocol.ts';
import type { ViewMessage } from '../common/protocolSchema.ts';
import type { ChatView } from './chatView.ts';
import { toMoreTurns, toTurnWindow } from './views.ts';

export interface TurnDependencies {
  /** The chat that the panel shows. */
  view: Pick<ChatView, 'chats' | 'composer'>;
  models: Models;
  /** Resolves when the settings are written that were being changed: a question must see them. */
  settled(): Promise<unknown>;
  /** Offers what was not sent, when the user has closed the chat meanwhile. */
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
    'program-copy': ({ turnId }) => run('qiao.copyAsCode', { turnId }),
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

/** What can't be asked, e.g. because one waits already, comes back into the composer; when the tab is closed, as an offer. */
async function submit(
  text: string,
  { view: { chats, composer }, offerUnsent, post }: TurnDependencies,
): Promise<void> {
  // While attachments are read or the user is asked, another conversation may come into sight.
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
