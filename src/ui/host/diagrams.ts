/** Draws Mermaid diagrams in a webview of their own, apart from the panel: Mermaid needs inline styles, the panel forbids them. */

import * as vscode from 'vscode';
import { showErrorMessage } from '../../base/host/window/messages.ts';
import { createWebviewPanel } from '../../base/host/window/surfaces.ts';
import type { DiagramMessage } from '../common/diagramMessage.ts';
import { type DiagramReply, diagramReplySchema } from '../common/diagramMessageSchema.ts';
import type { Handlers } from '../common/messages.ts';
import { diagramPage } from './diagramPage.ts';
import { createDrawingWatch } from './drawingWatch.ts';
import { createPageParts } from './pageParts.ts';
import { tabIcon } from './tabIcon.ts';
import { unpackedFolder, unpackMermaid } from './unpackMermaid.ts';
import { createWebviewHost, type WebviewHost } from './webviewHost.ts';

export interface Diagrams {
  /** Shows a diagram beside; the page is made with the first one, and used again for the next. */
  show(source: string): void;
  dispose(): void;
}

/** How long a page may draw, in milliseconds: at first, and when the user wants to wait. */
const drawingLimit = 10_000;
const patientLimit = 60_000;
/** What the page has beyond that to say that it has stopped. */
const grace = 10_000;

/** `storage`: the extension's own folder, in which Mermaid is unpacked. */
export function createDiagrams(
  extensionUri: vscode.Uri,
  storage: vscode.Uri,
  log: vscode.LogOutputChannel,
): Diagrams {
  let panel: vscode.WebviewPanel | undefined;
  let host: WebviewHost<DiagramMessage, DiagramReply> | undefined;
  let source = '';
  let limit = drawingLimit;
  let stopped = false;
  const watch = createDrawingWatch(stop);

  const handlers: Handlers<DiagramReply> = {
    ready: takeUp,
    again() {
      stopped = false;
      limit = patientLimit;
      takeUp();
    },
    done: ({ id }) => watch.done(id),
  };

  function takeUp(): void {
    if (host) host.isReady = true;
    send();
  }

  function send(): void {
    if (!host?.isReady) return;
    host.post(
      stopped
        ? { type: 'diagram-stopped', source }
        : { type: 'diagram', id: watch.start(limit + grace), source, limit },
    );
  }

  /** The page does not answer. Closing it ends what it does; a new one in its place shows the source. */
  function stop(): void {
    stopped = true;
    const column = panel?.viewColumn;
    panel?.dispose();
    panel = open(column ?? vscode.ViewColumn.Beside);
  }

  function open(viewColumn: vscode.ViewColumn): vscode.WebviewPanel {
    const opened = createWebviewPanel(
      'qiao.diagram',
      vscode.l10n.t('Diagram'),
      { viewColumn, preserveFocus: true },
      { enableFindWidget: true },
    );
    opened.iconPath = tabIcon(extensionUri);
    opened.onDidChangeViewState(() => {
      // A hidden page is taken down, with what it draws; in sight again it says that it is ready.
      if (panel !== opened || opened.visible) return;
      if (host) host.isReady = false;
      watch.clear();
    });
    opened.onDidDispose(() => {
      if (panel !== opened) return;
      panel = undefined;
      host = undefined;
      watch.clear();
    });
    void fill(opened);
    return opened;
  }

  async function fill(opened: vscode.WebviewPanel): Promise<void> {
    try {
      const mermaid = await unpackMermaid(extensionUri, storage);
      // It may be closed by now.
      if (panel !== opened) return;
      host = createWebviewHost(opened, {
        extensionUri,
        log,
        page: (webview) => page(webview, extensionUri, mermaid),
        roots: [unpackedFolder(storage)],
      });
      host.listen({ schema: diagramReplySchema, handlers });
    } catch (error) {
      opened.dispose();
      const reason = error instanceof Error ? error.message : String(error);
      void showErrorMessage(vscode.l10n.t('Qiao could not do that: {0}', reason));
    }
  }

  return {
    show(next) {
      source = next;
      stopped = false;
      limit = drawingLimit;
      if (!panel) panel = open(vscode.ViewColumn.Beside);
      else panel.reveal(undefined, true);
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
    // It hands the scripts on to the frame that draws.
    `connect-src ${webview.cspSource}`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return diagramPage({
    language: vscode.env.language,
    policy,
    nonce,
    styles: at('dist', 'webview', 'diagram.css'),
    mermaid: webview.asWebviewUri(mermaid).toString(),
    watch: at('dist', 'webview', 'watch.js'),
    script: at('dist', 'webview', 'diagram.js'),
    frame: at('dist', 'webview', 'diagramFrame.js'),
    labels: {
      title: vscode.l10n.t('Diagram'),
      showSource: vscode.l10n.t('Show Source'),
      problem: vscode.l10n.t('This diagram cannot be drawn'),
      tooLarge: vscode.l10n.t('The drawing is too large to be shown.'),
      drawing: vscode.l10n.t('Drawing the diagram…'),
      stop: vscode.l10n.t('Stop'),
      stopped: vscode.l10n.t('Drawing this diagram was stopped'),
      stoppedWhy: vscode.l10n.t(
        'It took too long, or you stopped it. The source is below. If you try again, it may take up to a minute.',
      ),
      again: vscode.l10n.t('Try Again'),
    },
  });
}
