/** Handlers of one panel's messages about the list of conversations. */

import { l10n } from 'vscode';
import { stripHidden } from '../../../base/common/hiddenText.ts';
import { showWarningMessage } from '../../../base/host/window/messages.ts';
import type { Models } from '../../../connections/host/models.ts';
import type { Handlers } from '../../../ui/common/messages.ts';
import type { ConversationEvent } from '../../common/conversationLog.ts';
import { titleOf } from '../../common/conversationTitle.ts';
import { type HistoryEntry, historyRangeLength } from '../../common/historyEntry.ts';
import type { HistoryAction, HostMessage } from '../../common/protocol.ts';
import type { ViewMessage } from '../../common/protocolSchema.ts';
import type { ChatView } from '../chatView.ts';
import type { ChatViews } from '../chatViews.ts';
import type { Sessions } from '../sessions.ts';
import type { History, HistoryRangeRequest } from './history.ts';

export interface HistoryPanelDependencies {
  history: History;
  sessions: Sessions;
  views: Pick<ChatViews, 'showing' | 'openConversation'>;
  /** The chat that the panel shows. */
  view: Pick<ChatView, 'chats' | 'composer' | 'post'>;
  models: Models;
  run(command: 'qiao.copyAsCode', what: { conversationId: string }): Promise<void>;
  post(message: Extract<HostMessage, { type: 'history-list' }>): void;
}

/** Milliseconds between two updates of the list: it changes often while answers run. */
const refreshMs = 1000;
/** Milliseconds after which a page that waits for files to be read sees what is known without them. */
const quickMs = 100;

/** Disposed with the panel. */
export function createHistoryPanel(dependencies: HistoryPanelDependencies) {
  const { history, sessions, post } = dependencies;
  /** What the page shows. */
  let shown: Omit<HistoryRangeRequest, 'count' | 'quick'> = { query: '', here: false, from: 0 };
  let deleted: { id: string; title: string } | undefined;
  let subscriptions: readonly { dispose(): void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sending = 0;

  /** `isNew`: the page shows nothing of this list yet. */
  const send = async (isNew = false): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const number = ++sending;
    const asked = shown;
    let isComplete = false;
    const postRange = async (quick: boolean): Promise<void> => {
      const range = await history.range({ ...asked, quick, count: historyRangeLength });
      // A later call sends its own list.
      if (number !== sending || subscriptions.length === 0 || isComplete) return;
      // Nothing may mean that nothing is known yet.
      if (quick && range.total === 0) return;
      isComplete = !quick;
      if (isComplete && shown === asked && asked.around)
        shown = { ...asked, from: range.from, around: undefined };
      const { query, here } = asked;
      const entries = range.entries.map((entry) => toShown(entry, sessions));
      post({ type: 'history-list', query, here, ...range, entries, deleted });
    };
    const waiting = isNew ? setTimeout(() => void postRange(true).catch(() => {}), quickMs) : undefined;
    try {
      await postRange(false);
    } finally {
      clearTimeout(waiting);
    }
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
      const conversation = sessions.find(id)?.conversation ?? (await history.read(id))?.conversation;
      await deleteConversation(id, dependencies);
      deleted = { id, title: stripHidden(conversation ? titleOf(conversation) : '') || untitled() };
    } else {
      deleted = undefined;
      await run(action, id, dependencies);
    }
  };
  const refresh = async (): Promise<void> => {
    if (subscriptions.length > 0) await send();
  };
  const handlers = {
    'history-search'(message) {
      const { query, here = false, from = 0 } = message;
      const isNew = subscriptions.length === 0 || query !== shown.query;
      shown = { query, here, from };
      open();
      return send(isNew);
    },
    'history-close': close,
    async 'history-run'({ action, id }) {
      await act(action, id);
      if (movesEntry.has(action)) shown = { ...shown, around: id };
      await refresh();
    },
    async 'history-rename'({ id, title }) {
      await change(id, { type: 'listing', title: title.trim() }, dependencies);
      await refresh();
    },
    async 'history-import'() {
      await (await import('./importConversations.ts')).importConversations(dependencies);
      await refresh();
    },
  } satisfies Partial<Handlers<ViewMessage>>;
  return { handlers, dispose: close };
}

const loadExport = () => import('./exportConversation.ts');

/** The page follows the conversation to its new place. */
const movesEntry: ReadonlySet<HistoryAction> = new Set(['pin', 'unpin', 'undelete']);

async function run(
  action: Exclude<HistoryAction, 'delete'>,
  id: string,
  dependencies: HistoryPanelDependencies,
): Promise<void> {
  switch (action) {
    case 'open':
      if (!(await dependencies.view.chats.open(id))) tellUnreadable();
      return;
    case 'open-tab':
      if (!(await dependencies.views.openConversation(id))) tellUnreadable();
      return;
    case 'pin':
    case 'unpin':
      return change(id, { type: 'listing', pinned: action === 'pin' }, dependencies);
    case 'undelete':
      if ((await stateOf(id, dependencies)) === 'ok')
        return change(id, { type: 'listing', deletedAt: null }, dependencies);
      return dependencies.history.undeleteFile(id);
    case 'export-markdown':
      return (await loadExport()).exportConversation(id, 'markdown', dependencies);
    case 'export-json':
      return (await loadExport()).exportConversation(id, 'json', dependencies);
    case 'open-markdown':
      return (await loadExport()).openAsMarkdown(id, dependencies);
    case 'copy-code':
      return dependencies.run('qiao.copyAsCode', { conversationId: id });
  }
}

/** Stops its answer, restores its queued question into the composer, and starts a new chat where it was shown. */
async function deleteConversation(id: string, dependencies: HistoryPanelDependencies): Promise<void> {
  const { sessions, views, history } = dependencies;
  const session = sessions.find(id);
  const view = views.showing(id) ?? dependencies.view;
  if (session?.queued) {
    await view.composer.restore(session.queued);
    session.setQueued(undefined);
    view.post({ type: 'draft-replace', text: view.composer.draft });
  }
  await session?.stopAndSettle();
  if ((await stateOf(id, dependencies)) !== 'ok') return history.deleteFile(id);
  await change(id, { type: 'listing', deletedAt: Date.now() }, dependencies);
  // Looked up again: another chat may show it by now.
  views.showing(id)?.chats.newChat();
}

/** Records the event in the open session if there is one, so that memory and disk agree. */
async function change(
  id: string,
  event: ConversationEvent,
  dependencies: HistoryPanelDependencies,
): Promise<void> {
  const session = dependencies.sessions.find(id);
  if (session) return session.record(event);
  if ((await stateOf(id, dependencies)) === 'ok') return dependencies.history.append(id, event);
  tellUnreadable();
}

async function stateOf(id: string, { history }: HistoryPanelDependencies): Promise<string | undefined> {
  // A file that was set aside is never written to, whatever can be read.
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
