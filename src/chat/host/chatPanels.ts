/** Connects the pages of chats, in the side bar and in tabs, with the chats that they show. */

import type * as vscode from 'vscode';
import { readProfiles } from '../../connections/host/connections.ts';
import type { ModelLists } from '../../connections/host/modelLists.ts';
import type { ChatView } from './chatView.ts';
import type { ChatViews } from './chatViews.ts';
import { type ChatHost, connectPanel, type PanelDependencies } from './panelConnection.ts';
import { type ChatPanels, createChatHost, createChatTab, type SideBarSurface, tabSurface } from './panels.ts';

export interface ChatPanelsDependencies extends Omit<PanelDependencies, 'view'> {
  views: ChatViews;
  lists: Pick<ModelLists, 'refresh'>;
  sideBar: SideBarSurface;
  extensionUri: vscode.Uri;
  log: vscode.LogOutputChannel;
}

export interface OpenChatPanels extends ChatPanels {
  /** Opens a tab that shows the chat; the chat is closed with it. */
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
