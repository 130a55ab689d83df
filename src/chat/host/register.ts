/** Registers the chat's webviews at activation: the view in the side bar, and tabs in the editor area. */

import * as vscode from 'vscode';
import { reportFailure } from '../../base/host/reportFailure.ts';
import { strictPage } from '../../ui/host/pageParts.ts';
import { createWebviewHost } from '../../ui/host/webviewHost.ts';
import { type FrameTexts, panelFrame } from '../common/panelFrame.ts';
import { connectWhenLoaded } from './connectWhenLoaded.ts';
import type { ChatHost } from './panelConnection.ts';

export const viewId = 'qiao.chat';
export const tabType = 'qiao.chatEditor';

/** Shows chats in webviews that VS Code created. */
export interface ChatPanels {
  connectSideBar(host: ChatHost<vscode.WebviewView>): void;
  /** `kept`: the state that the tab's page stored. */
  restoreTab(host: ChatHost<vscode.WebviewPanel>, kept: unknown): Promise<void>;
}

/** `load` may fail: then a webview waits until it is shown again, or until `connectWaiting` is called. */
export function registerPanels(
  extensionUri: vscode.Uri,
  load: () => Promise<ChatPanels>,
  log: vscode.LogOutputChannel,
): vscode.Disposable & { connectWaiting(): void } {
  const { connect, connectWaiting } = connectWhenLoaded(load, (error) => reportFailure(log, 'panel', error));
  const registrations = vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(viewId, {
      resolveWebviewView(view) {
        const host = createChatHost(view, extensionUri, log);
        host.own(view.onDidChangeVisibility(() => view.visible && connectWaiting()));
        void connect(host, (panels) => panels.connectSideBar(host));
      },
    }),
    vscode.window.registerWebviewPanelSerializer(tabType, {
      async deserializeWebviewPanel(panel, kept) {
        const host = createChatHost(panel, extensionUri, log);
        host.own(panel.onDidChangeViewState(() => panel.visible && connectWaiting()));
        void connect(host, (panels) => panels.restoreTab(host, kept));
      },
    }),
  );
  return { connectWaiting, dispose: () => registrations.dispose() };
}

/** Loads the panel's page into the webview. */
export function createChatHost<In extends vscode.WebviewPanel | vscode.WebviewView>(
  place: In,
  extensionUri: vscode.Uri,
  log: vscode.LogOutputChannel,
): ChatHost<In> {
  const page = (webview: vscode.Webview): string =>
    strictPage(webview, extensionUri, { name: 'panel', early: 'early', body: panelFrame(frameTexts()) });
  return createWebviewHost(place, { extensionUri, log, page });
}

function frameTexts(): FrameTexts {
  return {
    placeholder: vscode.l10n.t('Ask a question'),
    label: vscode.l10n.t('Question'),
    waiting: vscode.l10n.t('Qiao is starting and will then send: {0}', '{0}'),
  };
}
