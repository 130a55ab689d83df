/** Shows Mermaid diagrams in a webview of their own, because Mermaid needs inline styles and the panel forbids them. */

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import * as vscode from 'vscode';
import { diskFiles } from '../../base/host/files.ts';
import { showErrorMessage } from '../../base/host/window/messages.ts';
import { createWebviewPanel } from '../../base/host/window/surfaces.ts';
import type { DiagramMessage } from '../common/diagramMessage.ts';
import { type DiagramReply, diagramReplySchema } from '../common/diagramMessageSchema.ts';
import type { Handlers } from '../common/messages.ts';
import { diagramPage } from './diagramPage.ts';
import { createDrawingWatch } from './drawingWatch.ts';
import { createPageParts } from './pageParts.ts';
import { tabIcon } from './tabIcon.ts';
import { createWebviewHost, type WebviewHost } from './webviewHost.ts';

export interface Diagrams {
  /** Shows a diagram beside the editor. All diagrams share one page. */
  show(source: string): void;
  dispose(): void;
}

/** Milliseconds that a drawing may take: at first, and when the user tries again. */
const drawingLimit = 10_000;
const patientLimit = 60_000;
/** Milliseconds after the limit until the page counts as unresponsive. */
const grace = 10_000;

/** `storage`: the extension's own folder; Mermaid is unpacked there. */
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

  /** The page does not answer: closing it ends its work. A new page in its place shows the source. */
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
      // VS Code unloads a hidden page; it sends `ready` when it is visible again.
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
    // The page fetches the scripts for its sandboxed frame.
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

/** The folder of the unpacked script; the page must be allowed to load from it. */
function unpackedFolder(storage: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(storage, 'unpacked');
}

/**
 * Unpacks Mermaid, which is shipped compressed because it would be half of the package. The file is written each time:
 * a script that another version left, or somebody changed, is never run. Rejects when it cannot be written.
 */
async function unpackMermaid(extensionUri: vscode.Uri, storage: vscode.Uri): Promise<vscode.Uri> {
  const packed = vscode.Uri.joinPath(extensionUri, 'dist', 'webview', 'mermaid.js.br');
  const target = vscode.Uri.joinPath(unpackedFolder(storage), 'mermaid.js');
  const script = await promisify(brotliDecompress)(await readFile(packed.fsPath));
  await diskFiles.replace(target.fsPath, script.toString('utf8'));
  return target;
}
