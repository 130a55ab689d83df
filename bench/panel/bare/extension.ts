/**
 * The limit: an extension that does nothing but send a text and post back what comes, with the fewest messages.
 * It also lends its eyes inside the extension host: CPU and memory, told on loopback.
 */

import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';
import { request } from 'undici';
import * as vscode from 'vscode';
import type { Vitals } from '../vitals.ts';

const frameMs = 16;

export function activate(context: vscode.ExtensionContext): void {
  v8.setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const server = createServer(async ({ url }, response) => {
    if (url === '/startup') {
      response.end(await readStartup());
      return;
    }
    if (url?.startsWith('/import?')) {
      await importChat(vscode.Uri.file(decodeURIComponent(url.slice('/import?'.length))));
      response.end();
      return;
    }
    collect();
    const { user, system } = process.cpuUsage();
    const vitals: Vitals = { cpuMs: (user + system) / 1000, heapBytes: process.memoryUsage().heapUsed };
    response.end(JSON.stringify(vitals));
  });
  server.listen(0, '127.0.0.1', () => {
    void writeFile(process.env.QIAO_BENCH_VITALS ?? '', String((server.address() as AddressInfo).port));
  });
  context.subscriptions.push(
    { dispose: () => server.close() },
    vscode.window.registerWebviewViewProvider('bare.view', {
      resolveWebviewView({ webview }) {
        const script = vscode.Uri.joinPath(context.extensionUri, 'view.js');
        webview.options = { enableScripts: true, localResourceRoots: [context.extensionUri] };
        webview.html = `<!DOCTYPE html><html><body><textarea></textarea><script src="${webview.asWebviewUri(script)}"></script></body></html>`;
        webview.onDidReceiveMessage((text: string) => ask(text, (piece) => void webview.postMessage(piece)));
      },
    }),
  );
}

async function ask(text: string, post: (piece: string) => void): Promise<void> {
  const url = `${process.env.QIAO_BENCH_SERVER}/bare`;
  const { body } = await request(url, { method: 'POST', body: text });
  body.setEncoding('utf8');
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    if (waiting === '') return;
    post(waiting);
    waiting = '';
    timer = setTimeout(flush, frameMs);
  };
  body.on('data', (piece: string) => {
    waiting += piece;
    if (!timer) flush();
  });
  body.on('error', () => {});
}

/** Opens a session that was exported from VS Code's chat, where the chat stands. */
async function importChat(inputPath: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.chat.import', { inputPath, target: 'chatViewPane' });
}

/** The text of *Developer: Startup Performance*, as soon as it has all it wants to say. */
async function readStartup(): Promise<string> {
  await vscode.commands.executeCommand('perfview.show');
  for (;;) {
    const report = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf')?.getText() ?? '';
    if (report.includes('## Extension Activation Stats')) return report;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
