/** Where chats stand: the view in the side bar, and tabs in the editor area. */

import * as vscode from 'vscode';
import { reportFailure } from '../../base/host/reportFailure.ts';
import { createWebviewPanel, setTitle } from '../../base/host/window/surfaces.ts';
import { tabIcon } from '../../ui/host/tabIcon.ts';
import { createWebviewHost } from '../../ui/host/webviewHost.ts';
import type { ChatSurface } from './chatView.ts';
import type { ChatHost } from './panelConnection.ts';

const viewId = 'qiao.chat';
const tabType = 'qiao.chatEditor';

/** Takes chats into webviews that VS Code made. */
export interface ChatPanels {
  connectSideBar(host: ChatHost<vscode.WebviewView>): void;
  /** `kept`: what the page of the tab remembers. */
  restoreTab(host: ChatHost<vscode.WebviewPanel>, kept: unknown): Promise<void>;
}

export function registerPanels(
  extensionUri: vscode.Uri,
  load: () => Promise<ChatPanels>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const connect = async (connected: (panels: ChatPanels) => void | Promise<void>): Promise<void> => {
    try {
      await connected(await load());
    } catch (error) {
      await reportFailure(log, 'panel', error);
    }
  };
  return vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(viewId, {
      resolveWebviewView(view) {
        const host = createChatHost(view, extensionUri, log);
        void connect((panels) => panels.connectSideBar(host));
      },
    }),
    vscode.window.registerWebviewPanelSerializer(tabType, {
      async deserializeWebviewPanel(panel, kept) {
        const host = createChatHost(panel, extensionUri, log);
        void connect((panels) => panels.restoreTab(host, kept));
      },
    }),
  );
}

/** Shows the panel's page there. */
export function createChatHost<In extends vscode.WebviewPanel | vscode.WebviewView>(
  place: In,
  extensionUri: vscode.Uri,
  log: vscode.LogOutputChannel,
): ChatHost<In> {
  return createWebviewHost(place, { extensionUri, log, page: 'panel' });
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

export interface SideBarSurface extends ChatSurface {
  /** The view; `undefined` while VS Code shows none. */
  place: vscode.WebviewView | undefined;
}

/** Also before VS Code has asked for the view: it does so when the view is revealed. */
export function sideBarSurface(): SideBarSurface {
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
