/** The host's end of one panel: validates what the view says, acts on it, and answers with events. */

import * as vscode from 'vscode';
import type { AppParts } from '../../app.ts';
import { GoneElsewhere } from '../../base/host/hiddenTexts.ts';
import type { CommandId } from '../../commandHandlers.ts';
import { selectModel } from '../../connections/host/modelPicker.ts';
import { writeParameters } from '../../connections/host/parameterSettings.ts';
import {
  type ContextMessage,
  createContextPanel,
  isContextMessage,
} from '../../context/host/contextPanel.ts';
import { openAttachment } from '../../context/host/editorContext.ts';
import { filesThere, openFile } from '../../edit/host/code/openFile.ts';
import { reportFailure } from '../../errors/host/reportFailure.ts';
import { openLink } from '../../ui/host/openLink.ts';
import { activeTurns, type Turn } from '../common/conversation.ts';
import { findInTurns } from '../common/findInTurns.ts';
import type { HostMessage, PanelAction } from '../common/protocol.ts';
import type { ViewMessage } from '../common/protocolSchema.ts';
import { viewMessageSchema } from '../common/protocolSchema.ts';
import type { ChatView } from './chatView.ts';
import { createHistoryPanel, type HistoryMessage, isHistoryMessage } from './history/historyPanel.ts';
import { checkAddress, runPanelAction } from './panelActions.ts';
import { panelStrings } from './panelStrings.ts';
import { toMoreTurns, toTurnWindow } from './views.ts';

export interface PanelConnection {
  /** Dropped while the view is not there: it asks with `view-ready` and gets a snapshot. */
  post(message: HostMessage): void;
  /** Whatever came from the view. */
  receive(message: unknown): Promise<void>;
  dispose(): void;
}

export interface PanelParts extends AppParts {
  /** The chat that the panel shows. */
  view: ChatView;
  run(command: CommandId, ...args: unknown[]): Promise<void>;
}

export function connectPanel(webview: vscode.Webview, parts: PanelParts): PanelConnection {
  let ready = false;
  /** Settings that are being written: a question sent right after must already see them. */
  let settling: Promise<unknown> = Promise.resolve();
  const post = (message: HostMessage): void => {
    if (ready) void webview.postMessage(message);
  };
  const historyPanel = createHistoryPanel(parts, post);
  const contextPanel = createContextPanel({ sources: parts.sources, tray: parts.view.tray }, post);
  const sendSnapshot = async (): Promise<void> => {
    const { views, view, models } = parts;
    const { chats, composer } = view;
    const state = await composer.state();
    const context = await view.meter.view();
    ready = true;
    // No `await` between here and the post: what the answer adds later comes as deltas.
    const { view: conversation, conversation: stored } = chats.current;
    const common = { strings: panelStrings(), composer: state, draft: composer.knownDraft, conversation };
    post({ type: 'snapshot', tab: views.idOf(view), ...common, ...toTurnWindow(stored, models) });
    post({ type: 'context-change', context });
    const wanted = view.takeShowRequest();
    if (wanted) post(wanted);
  };
  const handle = async (message: ViewMessage): Promise<void> => {
    if (message.type === 'view-ready') return sendSnapshot();
    if (message.type === 'view-focus') return parts.views.use(parts.view);
    parts.view.dropShowRequest();
    if (isHistoryMessage(message)) return historyPanel.receive(message);
    if (isContextMessage(message)) return contextPanel.receive(message);
    if (asking.has(message.type)) await settling;
    const done = act(message, parts, post);
    if (message.type === 'model-select' || message.type === 'parameters-change') {
      settling = Promise.allSettled([settling, done]);
    }
    await done;
  };
  return {
    post,
    async receive(raw) {
      const { data: message, error } = viewMessageSchema.safeParse(raw);
      if (!message) {
        parts.log.warn(
          `A message of the panel was dropped: ${error?.issues.map((issue) => issue.message).join('; ')}`,
        );
        return;
      }
      try {
        await handle(message);
      } catch (failure) {
        await reportFailure(parts.log, message.type, failure);
      }
    },
    dispose: () => {
      ready = false;
      historyPanel.dispose();
      contextPanel.dispose();
    },
  };
}

/** Messages that begin a request. */
const asking: ReadonlySet<ViewMessage['type']> = new Set([
  'turn-submit',
  'turn-retry',
  'turn-edit',
  'turn-continue',
]);

type Action = Exclude<ViewMessage, { type: 'view-ready' | 'view-focus' } | HistoryMessage | ContextMessage>;

async function act(message: Action, parts: PanelParts, post: (message: HostMessage) => void): Promise<void> {
  const { view, models } = parts;
  const { chats, composer, tray } = view;
  const session = chats.current;
  switch (message.type) {
    case 'turn-submit':
      return submit(message.text, parts, post);
    case 'turn-stop':
      return session.stop();
    case 'turn-retry':
      return session.retry(message.turnId, message.modelRef);
    case 'turn-edit': {
      const turn = session.conversation.turns.find(({ id }) => id === message.turnId);
      return turn && session.edit(turn.id, await composer.reword(message.text, turn.attachments));
    }
    case 'turn-continue':
      return session.resume(message.turnId, continueInstruction());
    case 'turn-compare':
      return parts.run('qiao.compare', message.turnId);
    case 'branch-select':
      return session.selectBranch(message.turnId);
    case 'turns-load': {
      const more = toMoreTurns(session.conversation, models, message);
      return more && post({ type: 'turns-add', place: message.place, ...more });
    }
    case 'turns-show': {
      const revealTurnId = message.turnId ?? undefined;
      const window = toTurnWindow(session.conversation, models, revealTurnId);
      return post({ type: 'conversation-change', conversation: session.view, revealTurnId, ...window });
    }
    case 'queue-change':
      return changeQueue(message.action, parts, post);
    case 'chat-new':
      return parts.run('qiao.newChat');
    case 'draft-change':
      composer.draft = message.text;
      return;
    case 'notice-dismiss':
      return parts.notices.dismiss(message.id);
    case 'attachment-remove':
      return tray.remove(message.id);
    case 'attachment-change':
      return tray.change(message.action, message.id);
    case 'attachment-open': {
      const attachment = tray.find(message.id) ?? session.findAttachment(message.id);
      return attachment && openAttachment(attachment);
    }
    case 'model-select':
      return selectModel(message.ref, { chats, models });
    case 'parameters-change':
      if (session.conversation.turns.length > 0) session.changeSettings({ parameters: message.parameters });
      return writeParameters(message.parameters);
    case 'system-prompt-change':
      return session.changeSettings({ systemPrompt: message.text || undefined });
    case 'context-summarise':
      return view.meter.summarise();
    case 'action-run':
      return runAction(message.action, message.turnId, parts);
    case 'program-copy':
      return parts.run('qiao.copyAsCode', { turnId: message.turnId });
    case 'text-copy':
      return vscode.env.clipboard.writeText(message.text);
    case 'code-run':
      return parts.codeTools.run(message);
    case 'diagram-show':
      return parts.diagrams.show(message.source);
    case 'link-open':
      return openLink(message.href);
    case 'file-open':
      return openFile(message.reference, session.attachments);
    case 'files-resolve': {
      const there = await filesThere(message.references, session.attachments);
      return post({ type: 'files-found', asked: message.references, there });
    }
    case 'find-run': {
      const matches = findInTurns(activeTurns(session.conversation), message.query);
      return post({ type: 'find-results', query: message.query, matches });
    }
  }
}

/** What can't be asked, e.g. because one waits already, comes back into the composer; when the tab is closed, as an offer. */
async function submit(
  text: string,
  { view, views }: PanelParts,
  post: (message: HostMessage) => void,
): Promise<void> {
  const { chats, composer } = view;
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
      await views.offerUnsent(view);
    }
  }
}

async function changeQueue(
  action: 'send' | 'edit' | 'remove',
  { view: { chats, composer } }: PanelParts,
  post: (message: HostMessage) => void,
): Promise<void> {
  const session = chats.current;
  const { queued } = session;
  if (!queued) return;
  if (action === 'send') return session.sendQueued();
  session.setQueued(undefined);
  if (action === 'remove') return;
  await composer.restore(queued);
  post({ type: 'composer-focus', text: composer.draft });
}

/** In the user's language, as if they had typed it. */
function continueInstruction(): string {
  return vscode.l10n.t(
    'Your answer was cut off. Go on exactly where it ended, without repeating anything and without an introduction.',
  );
}

async function runAction(action: PanelAction, turnId: string | undefined, parts: PanelParts): Promise<void> {
  if (action === 'inspect') return turnId === undefined ? undefined : parts.inspector.showTurn(turnId);
  if (action === 'switch-model') return switchModel(turnId, parts);
  if (action === 'check-address') return checkAddress(modelOf(turnId, parts), parts);
  if (action !== 'retry') return runPanelAction(action, parts);
  if (turnId !== undefined) parts.view.chats.current.retry(turnId);
}

/** The successor of a model that the platform lacks is asked from now on; first what the turn asks, if it is about one. */
async function switchModel(turnId: string | undefined, parts: PanelParts): Promise<void> {
  const session = parts.view.chats.current;
  const turn = session.conversation.turns.find(({ id }) => id === turnId);
  const successor = parts.models.successorOf(turn?.model ?? session.settings.model);
  if (!successor) return;
  await selectModel(successor.ref, { chats: parts.view.chats, models: parts.models });
  if (turn) session.retry(turn.id, successor.ref);
}

/** That of the turn; else the one in use. */
function modelOf(turnId: string | undefined, { view: { chats } }: PanelParts): string {
  const { conversation, settings } = chats.current;
  return conversation.turns.find(({ id }) => id === turnId)?.model ?? settings.model;
}
