/** Draws Mermaid diagrams in a webview of their own, apart from the panel: Mermaid needs inline styles, the panel forbids them. */

import * as vscode from 'vscode';
import type { DiagramMessage } from '../core/diagramMessage.ts';
import { diagramPage } from './diagramPage.ts';
import { createPageParts } from './pageParts.ts';
import { tabIcon } from './tabIcon.ts';
import { unpackedFolder, unpackMermaid } from './unpackMermaid.ts';
import { showErrorMessage } from './window/messages.ts';
import { createWebviewPanel } from './window/surfaces.ts';

export interface Diagrams {
  /** Shows a diagram beside; the page is made with the first one, and used again for the next. */
  show(source: string): void;
  dispose(): void;
}

/** `storage`: the extension's own folder, in which Mermaid is unpacked. */
export function createDiagrams(extensionUri: vscode.Uri, storage: vscode.Uri): Diagrams {
  let panel: vscode.WebviewPanel | undefined;
  let ready = false;
  let source = '';

  const send = (): void => {
    const message: DiagramMessage = { type: 'diagram', source };
    if (ready) void panel?.webview.postMessage(message);
  };

  function open(): vscode.WebviewPanel {
    const root = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const opened = createWebviewPanel(
      'qiao.diagram',
      vscode.l10n.t('Diagram'),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      {
        enableScripts: true,
        localResourceRoots: [root, unpackedFolder(storage)],
        enableFindWidget: true,
      },
    );
    ready = false;
    opened.iconPath = tabIcon(extensionUri);
    opened.webview.onDidReceiveMessage((message: unknown) => {
      // The one thing this page can say; it says it again whenever it was hidden and is made anew.
      if (message !== 'ready') return;
      ready = true;
      send();
    });
    opened.onDidDispose(() => {
      panel = undefined;
    });
    void fill(opened);
    return opened;
  }

  async function fill(opened: vscode.WebviewPanel): Promise<void> {
    try {
      const mermaid = await unpackMermaid(extensionUri, storage);
      // It may be closed by now.
      if (panel === opened) opened.webview.html = page(opened.webview, extensionUri, mermaid);
    } catch (error) {
      opened.dispose();
      const reason = error instanceof Error ? error.message : String(error);
      void showErrorMessage(vscode.l10n.t('Qiao could not do that: {0}', reason));
    }
  }

  return {
    show(next) {
      source = next;
      if (panel) panel.reveal(undefined, true);
      else panel = open();
      send();
    },
    dispose: () => panel?.dispose(),
  };
}

function page(webview: vscode.Webview, extensionUri: vscode.Uri, mermaid: vscode.Uri): string {
  const { nonce, at } = createPageParts(webview, extensionUri);
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // Mermaid writes its colours into the drawing.
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return diagramPage({
    language: vscode.env.language,
    policy,
    nonce,
    styles: at('dist', 'webview', 'diagram.css'),
    mermaid: webview.asWebviewUri(mermaid).toString(),
    script: at('dist', 'webview', 'diagram.js'),
    labels: {
      title: vscode.l10n.t('Diagram'),
      showSource: vscode.l10n.t('Show Source'),
      problem: vscode.l10n.t('This diagram cannot be drawn'),
    },
  });
}
