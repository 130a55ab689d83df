/** The list of conversations as one panel shows it: what it asks for, and what it does with an entry. */

import { l10n } from 'vscode';
import { showWarningMessage } from '../../../base/host/window/messages.ts';
import type { Models } from '../../../connections/host/models.ts';
import type { ConversationEvent } from '../../common/conversationLog.ts';
import { titleOf } from '../../common/conversationTitle.ts';
import type { HistoryEntry } from '../../common/historyEntry.ts';
import type { HistoryAction, HostMessage } from '../../common/protocol.ts';
import type { ViewMessage } from '../../common/protocolSchema.ts';
import type { ChatView } from '../chatView.ts';
import type { ChatViews } from '../chatViews.ts';
import type { Sessions } from '../sessions.ts';
import type { History } from './history.ts';
import { exportConversation, openAsMarkdown } from './historyFiles.ts';
import { importConversations } from './importConversations.ts';

export type HistoryMessage = Extract<ViewMessage, { type: `history-${string}` }>;

export interface HistoryPanel {
  receive(message: HistoryMessage): Promise<void>;
  dispose(): void;
}

export interface HistoryPanelParts {
  history: History;
  sessions: Sessions;
  views: Pick<ChatViews, 'showing' | 'openConversation'>;
  /** The chat in whose panel the list stands. */
  view: Pick<ChatView, 'chats' | 'composer' | 'post'>;
  models: Models;
  run(command: 'qiao.copyAsCode', what: { conversationId: string }): Promise<void>;
}

/** While answers come, and other windows write, the list changes often. */
const refreshMs = 1000;

export function isHistoryMessage(message: ViewMessage): message is HistoryMessage {
  return message.type.startsWith('history-');
}

export function createHistoryPanel(
  parts: HistoryPanelParts,
  post: (message: HostMessage) => void,
): HistoryPanel {
  const { history, sessions } = parts;
  let query = '';
  let deleted: { id: string; title: string } | undefined;
  let subscriptions: readonly { dispose(): void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sending = 0;

  const send = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const number = ++sending;
    const asked = query;
    const entries = await history.list(asked);
    // A later query has its own answer.
    if (number !== sending || subscriptions.length === 0) return;
    post({
      type: 'history-list',
      query: asked,
      entries: entries.map((entry) => toShown(entry, sessions)),
      deleted,
    });
  };
  const refreshSoon = (): void => {
    timer ??= setTimeout(() => void send().catch(() => {}), refreshMs);
  };
  const close = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const subscription of subscriptions) subscription.dispose();
    subscriptions = [];
    deleted = undefined;
  };
  const open = (): void => {
    if (subscriptions.length === 0)
      subscriptions = [history.watchList(refreshSoon), sessions.onDidChange(refreshSoon)];
  };
  const act = async (action: HistoryAction, id: string): Promise<void> => {
    if (action === 'delete') {
      const title = (await history.list('')).find((entry) => entry.id === id)?.title;
      await deleteConversation(id, parts);
      deleted = { id, title: title || untitled() };
    } else {
      deleted = undefined;
      await run(action, id, parts);
    }
  };
  return {
    async receive(message) {
      switch (message.type) {
        case 'history-search':
          query = message.query;
          open();
          return send();
        case 'history-close':
          return close();
        case 'history-run':
          await act(message.action, message.id);
          break;
        case 'history-rename':
          await change(message.id, { type: 'listing', title: message.title.trim() }, parts);
          break;
        case 'history-import':
          await importConversations(parts);
          break;
      }
      if (subscriptions.length > 0) await send();
    },
    dispose: close,
  };
}

async function run(
  action: Exclude<HistoryAction, 'delete'>,
  id: string,
  parts: HistoryPanelParts,
): Promise<void> {
  switch (action) {
    case 'open':
      if (!(await parts.view.chats.open(id))) tellUnreadable();
      return;
    case 'open-tab':
      if (!(await parts.views.openConversation(id))) tellUnreadable();
      return;
    case 'pin':
    case 'unpin':
      return change(id, { type: 'listing', pinned: action === 'pin' }, parts);
    case 'undelete':
      if ((await stateOf(id, parts)) === 'ok') return change(id, { type: 'listing', deletedAt: null }, parts);
      return parts.history.undeleteFile(id);
    case 'export-markdown':
      return exportConversation(id, 'markdown', parts);
    case 'export-json':
      return exportConversation(id, 'json', parts);
    case 'open-markdown':
      return openAsMarkdown(id, parts);
    case 'copy-code':
      return parts.run('qiao.copyAsCode', { conversationId: id });
  }
}

/** The chat that shows it begins a new one; its answer is stopped, and a question that waits comes back. */
async function deleteConversation(id: string, parts: HistoryPanelParts): Promise<void> {
  const { sessions, views, history } = parts;
  const session = sessions.find(id);
  const view = views.showing(id) ?? parts.view;
  if (session?.queued) {
    await view.composer.restore(session.queued);
    session.setQueued(undefined);
    view.post({ type: 'draft-replace', text: view.composer.draft });
  }
  await session?.stopAndSettle();
  if ((await stateOf(id, parts)) !== 'ok') return history.deleteFile(id);
  await change(id, { type: 'listing', deletedAt: Date.now() }, parts);
  // Only now: it may have come into sight, or gone, while its answer was stopped.
  views.showing(id)?.chats.newChat();
}

/** Through the conversation in memory where there is one, so that memory and disk agree. */
async function change(id: string, event: ConversationEvent, parts: HistoryPanelParts): Promise<void> {
  const session = parts.sessions.find(id);
  if (session) return session.record(event);
  if ((await stateOf(id, parts)) === 'ok') return parts.history.append(id, event);
  tellUnreadable();
}

async function stateOf(id: string, { history }: HistoryPanelParts): Promise<string | undefined> {
  // Set aside: nothing is written to it any more, whatever can be read.
  return id.includes('/') ? 'damaged' : (await history.read(id))?.state;
}

function toShown(entry: HistoryEntry, sessions: Sessions): HistoryEntry {
  const open = sessions.find(entry.id);
  const title = (open && titleOf(open.conversation)) || entry.title || untitled();
  return { ...entry, title, running: open?.busy || undefined };
}

function untitled(): string {
  return l10n.t('Untitled chat');
}

function tellUnreadable(): void {
  void showWarningMessage(
    l10n.t('This chat can’t be opened or changed: its file is damaged, gone, or of a newer Qiao.'),
  );
}
