/** Connects a chat with its page: merges the handlers of all features and sends the first snapshot. */

import type * as vscode from 'vscode';
import type { RunCommand } from '../../base/host/feature.ts';
import { type ContextPanelDependencies, createContextPanel } from '../../context/host/contextPanel.ts';
import { type Handlers, mergeHandlers } from '../../ui/common/messages.ts';
import type { WebviewHost } from '../../ui/host/webviewHost.ts';
import type { HostMessage } from '../common/protocol.ts';
import { type ViewMessage, viewMessageSchema } from '../common/protocolSchema.ts';
import { type AnswerDependencies, createAnswerHandlers } from './answerHandlers.ts';
import type { ChatView } from './chatView.ts';
import type { ChatViews } from './chatViews.ts';
import { createHistoryPanel, type HistoryPanelDependencies } from './history/historyPanel.ts';
import {
  type ActionDependencies,
  type ComposerDependencies,
  createActionHandlers,
  createComposerHandlers,
  createTurnHandlers,
} from './panelHandlers.ts';
import { toTurnWindow } from './turnViews.ts';

/** A webview that shows a chat: the view in the side bar, or a tab. */
export type ChatHost<
  In extends vscode.WebviewPanel | vscode.WebviewView = vscode.WebviewPanel | vscode.WebviewView,
> = WebviewHost<HostMessage, ViewMessage, In>;

/** The dependencies of all handlers, except those that `connectPanel` adds. */
export interface PanelDependencies
  extends AnswerDependencies,
    Omit<ActionDependencies, 'view' | 'run'>,
    Omit<ComposerDependencies, 'view'>,
    Omit<ContextPanelDependencies, 'view' | 'post'>,
    Omit<HistoryPanelDependencies, 'view' | 'views' | 'run' | 'post'> {
  /** The chat of the page. */
  view: ChatView;
  views: Pick<ChatViews, 'idOf' | 'use' | 'offerUnsent' | 'showing' | 'openConversation'>;
  run: RunCommand;
  /** Called when a page shows its chat: there is time to load what a question needs. */
  warmUp(): void;
}

/** Lives as long as the page. */
export function connectPanel(host: ChatHost, dependencies: PanelDependencies): void {
  const { view, views, models } = dependencies;
  const { post } = host;
  const sendSnapshot = async (): Promise<void> => {
    const { chats, composer } = view;
    const state = await composer.state();
    const context = await view.meter.view();
    host.isReady = true;
    // No `await` until the post: later text comes as deltas.
    const { view: conversation, conversation: stored } = chats.current;
    const common = { composer: state, draft: composer.knownDraft, conversation };
    post({ type: 'snapshot', tab: views.idOf(view), ...common, ...toTurnWindow(stored, models) });
    post({ type: 'context-change', context });
    const wanted = view.takeShowRequest();
    if (wanted) post(wanted);
    dependencies.warmUp();
  };
  const page = {
    'view-ready': sendSnapshot,
    'view-focus': () => views.use(view),
  } satisfies Partial<Handlers<ViewMessage>>;
  const composer = createComposerHandlers(dependencies);
  const context = createContextPanel({ ...dependencies, post });
  const history = createHistoryPanel({ ...dependencies, post });
  const { settled } = composer;
  const offerUnsent = (): Promise<void> => views.offerUnsent(view);

  for (const disposable of [view.chats.connect(post), history, context]) host.own(disposable);
  host.listen({
    schema: viewMessageSchema,
    handlers: mergeHandlers(
      page,
      composer.handlers,
      context.handlers,
      history.handlers,
      createTurnHandlers({ ...dependencies, settled, offerUnsent, post }),
      createActionHandlers(dependencies),
      createAnswerHandlers({ ...dependencies, attachments: () => view.chats.current.attachments, post }),
    ),
    before({ type }) {
      // The user acted: drop what a command wanted to show.
      if (!(type in page)) view.dropShowRequest();
    },
  });
}
