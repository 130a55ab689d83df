/** Where the panel can stand: the view in the side bar, and tabs in the editor area. */

import * as vscode from 'vscode';
import type { App } from './app.ts';
import { fillPage } from './fillPage.ts';
import { panelPage, panelRoots } from './panelPage.ts';
import { reportFailure } from './reportFailure.ts';
import { tabIcon } from './tabIcon.ts';
import { createWebviewPanel, setTitle } from './window/surfaces.ts';

const viewId = 'qiao.chat';
const tabType = 'qiao.chatEditor';

let openTab: vscode.WebviewPanel | undefined;

export function registerPanels(
  extensionUri: vscode.Uri,
  loadApp: () => Promise<App>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const connect = (panel: vscode.WebviewView | vscode.WebviewPanel): void => {
    panel.webview.options = { enableScripts: true, localResourceRoots: panelRoots(extensionUri) };
    // Listens before the page can speak; what arrives while the app loads waits for it.
    const connection = loadApp().then((app) =>
      app.connectPanel(panel.webview, (title) => setTitle(panel, title)),
    );
    const listener = panel.webview.onDidReceiveMessage(async (message) =>
      (await connection).receive(message),
    );
    connection.catch((error) => reportFailure(log, 'panel', error));
    fillPage(panel, () => panelPage(panel.webview, extensionUri), log);
    panel.onDidDispose(() => {
      listener.dispose();
      connection.then(
        ({ dispose }) => dispose(),
        () => {},
      );
    });
  };
  const connectTab = (panel: vscode.WebviewPanel): void => {
    openTab = panel;
    panel.iconPath = tabIcon(extensionUri);
    panel.onDidDispose(() => {
      if (openTab === panel) openTab = undefined;
    });
    connect(panel);
  };
  return vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(viewId, { resolveWebviewView: connect }),
    vscode.window.registerWebviewPanelSerializer(tabType, {
      deserializeWebviewPanel: async (panel) => connectTab(panel),
    }),
    vscode.commands.registerCommand('qiao.openInEditor', () => {
      if (openTab) openTab.reveal();
      else connectTab(createWebviewPanel(tabType, 'Qiao', chatColumn()));
    }),
  );
}

/** Beside the code, so that it stays in sight and can be attached. */
function chatColumn(): vscode.ViewColumn {
  return vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}

/** Brings the chat to the front: the tab, if there is one to be seen, else the view. */
export async function revealChat(): Promise<void> {
  if (openTab?.visible) openTab.reveal();
  else await vscode.commands.executeCommand(`${viewId}.focus`);
}
