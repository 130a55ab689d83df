/** Connects the pages in the side bar and in tabs with the chats that they show. */

import * as vscode from 'vscode';
import { createWebviewPanel, setTitle } from '../../base/host/window/surfaces.ts';
import { readProfiles } from '../../connections/host/connections.ts';
import type { ModelLists } from '../../connections/host/modelLists.ts';
import { tabIcon } from '../../ui/host/tabIcon.ts';
import type { ChatSurface, ChatView } from './chatView.ts';
import type { ChatViews } from './chatViews.ts';
import { type ChatHost, connectPanel, type PanelDependencies } from './panelConnection.ts';
import { type ChatPanels, createChatHost, tabType, viewId } from './register.ts';

export interface ChatPanelsDependencies extends Omit<PanelDependencies, 'view'> {
  views: ChatViews;
  lists: Pick<ModelLists, 'refresh'>;
  sideBar: SideBarSurface;
  extensionUri: vscode.Uri;
  log: vscode.LogOutputChannel;
}

export interface OpenChatPanels extends ChatPanels {
  /** Opens a tab that shows the chat; closing the tab closes the chat. */
  openTab(view: ChatView): void;
}

export function createChatPanels(dependencies: ChatPanelsDependencies): OpenChatPanels {
  const { views, lists, sideBar, extensionUri, log } = dependencies;
  const connect = (host: ChatHost, view: ChatView): void => {
    void lists.refresh(readProfiles());
    connectPanel(host, { ...dependencies, view });
  };
  const connectTab = (host: ChatHost<vscode.WebviewPanel>, view: ChatView): void => {
    view.stand(tabSurface(host.place, extensionUri));
    views.follow(view);
    host.place.onDidChangeViewState(() => views.follow(view));
    connect(host, view);
    host.own({ dispose: () => views.close(view) });
  };
  return {
    openTab(view) {
      connectTab(createChatHost(createChatTab(), extensionUri, log), view);
    },
    connectSideBar(host) {
      if (host.isDisposed) return;
      const { place } = host;
      sideBar.place = place;
      views.sideBar.stand(sideBar);
      connect(host, views.sideBar);
      host.own({
        dispose() {
          if (sideBar.place === place) sideBar.place = undefined;
        },
      });
    },
    async restoreTab(host, kept) {
      const view = await views.restore(kept);
      if (host.isDisposed) void views.close(view);
      else connectTab(host, view);
    },
  };
}

export interface SideBarSurface extends ChatSurface {
  /** `undefined` while VS Code shows no view. */
  place: vscode.WebviewView | undefined;
}

/** Works before VS Code has created the view: `reveal` makes it do so. */
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

/** Opens beside the code, which stays visible and can be attached; beside another chat, in its group. */
function createChatTab(): vscode.WebviewPanel {
  const { activeTextEditor } = vscode.window;
  const column = activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  return createWebviewPanel(tabType, 'Qiao', column);
}

function tabSurface(panel: vscode.WebviewPanel, extensionUri: vscode.Uri): ChatSurface {
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

/** Adds the state that the icon shows, for screen readers. */
function titleWith(title: string, state: 'idle' | 'running' | 'waiting'): string {
  const name = title || vscode.l10n.t('New Chat');
  if (state === 'running') return vscode.l10n.t('{0} – answering', name);
  return state === 'waiting' ? vscode.l10n.t('{0} – waits for you', name) : title;
}
