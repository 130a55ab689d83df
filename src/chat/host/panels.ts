/** Where chats stand: the view in the side bar, and tabs in the editor area. */

import * as vscode from 'vscode';
import type { App } from '../../app.ts';
import { createWebviewPanel, setTitle } from '../../base/host/window/surfaces.ts';
import { reportFailure } from '../../errors/host/reportFailure.ts';
import { fillPage } from '../../ui/host/fillPage.ts';
import { panelPage, panelRoots } from '../../ui/host/panelPage.ts';
import { tabIcon } from '../../ui/host/tabIcon.ts';
import type { ChatSurface } from './chatView.ts';
import type { PanelConnection } from './panelConnection.ts';

const viewId = 'qiao.chat';
const tabType = 'qiao.chatEditor';

export function registerPanels(
  extensionUri: vscode.Uri,
  loadApp: () => Promise<App>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(viewId, {
      resolveWebviewView(view) {
        const connection = loadApp().then((app) => app.connectSideBar(view));
        connectPage(view, extensionUri, log, connection);
      },
    }),
    vscode.window.registerWebviewPanelSerializer(tabType, {
      async deserializeWebviewPanel(panel, kept) {
        let closed = false;
        panel.onDidDispose(() => {
          closed = true;
        });
        const connection = loadApp().then((app) => app.restoreTab(panel, kept, () => closed));
        connectPage(panel, extensionUri, log, connection);
      },
    }),
  );
}

/** Shows the panel's page there. What the page says before the connection stands waits for it. */
export function connectPage(
  place: vscode.WebviewView | vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  log: vscode.LogOutputChannel,
  connection: Promise<PanelConnection>,
): void {
  place.webview.options = { enableScripts: true, localResourceRoots: panelRoots(extensionUri) };
  const listener = place.webview.onDidReceiveMessage(async (message) => (await connection).receive(message));
  connection.catch((error) => reportFailure(log, 'panel', error));
  fillPage(place, () => panelPage(place.webview, extensionUri), log);
  place.onDidDispose(() => {
    listener.dispose();
    connection.then(
      ({ dispose }) => dispose(),
      () => {},
    );
  });
}

/** Beside the code, so that it stays in sight and can be attached; beside another chat, in its group. */
export function createChatTab(): vscode.WebviewPanel {
  const { activeTextEditor } = vscode.window;
  const column = activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  return createWebviewPanel(tabType, 'Qiao', column);
}

export function tabSurface(panel: vscode.WebviewPanel, extensionUri: vscode.Uri): ChatSurface {
  return {
    get visible() {
      return panel.visible;
    },
    get active() {
      return panel.active;
    },
    reveal: async () => panel.reveal(),
    show(title, state) {
      setTitle(panel, titleWith(title, state));
      panel.iconPath = tabIcon(extensionUri, state);
    },
  };
}

/** Also before VS Code has asked for the view: it does so when the view is revealed. */
export function sideBarSurface(): ChatSurface & { place: vscode.WebviewView | undefined } {
  return {
    place: undefined,
    active: false,
    get visible() {
      return this.place?.visible ?? false;
    },
    async reveal() {
      await vscode.commands.executeCommand(`${viewId}.focus`);
    },
    show(title) {
      if (this.place) setTitle(this.place, title);
    },
  };
}

/** The icon shows it too; who hears the title knows it from here. */
function titleWith(title: string, state: 'idle' | 'running' | 'waiting'): string {
  const name = title || vscode.l10n.t('New Chat');
  if (state === 'running') return vscode.l10n.t('{0} – answering', name);
  return state === 'waiting' ? vscode.l10n.t('{0} – waits for you', name) : title;
}
