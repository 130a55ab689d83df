/** Writes the HTML of webviews, and writes it again if the page does not load. */

import * as vscode from 'vscode';
import { showErrorMessage } from '../../base/host/window/messages.ts';
import { loadFailed } from '../common/loadFailed.ts';

/** A page is written again so often, with less than `series` milliseconds between, before the user is told. */
const mostAgain = 3;
const series = 60_000;
/** A visible page must send a message within so many milliseconds, and within twice as many after each attempt. */
const silence = 10_000;

/**
 * Writes what `html` returns, which has another nonce each time. On a busy machine Chromium can abort the requests of a page that
 * VS Code has just written into its frame (crbug.com/978325), and the page stays empty. Its script `watch.js` reports
 * that; if `watch.js` itself was not loaded, the page sends no message. In both cases the page is written again.
 */
export function fillPage(
  place: vscode.WebviewPanel | vscode.WebviewView,
  html: () => string,
  log: vscode.LogOutputChannel,
): void {
  let again = 0;
  let last = 0;
  let timer: NodeJS.Timeout | undefined;

  function fill(): void {
    clearTimeout(timer);
    timer = again < mostAgain ? setTimeout(miss, silence * 2 ** again) : undefined;
    place.webview.html = html();
  }

  function miss(): void {
    // A hidden page is not loaded; VS Code does so when it comes into sight.
    if (place.visible) refill('nothing was heard from it');
  }

  function refill(reason: string): void {
    if (Date.now() - last > series) again = 0;
    if (again === mostAgain) return void giveUp();
    log.warn(`The page ${place.viewType} is written again: ${reason}.`);
    again += 1;
    last = Date.now();
    fill();
  }

  const listener = place.webview.onDidReceiveMessage((message: unknown) => {
    clearTimeout(timer);
    if (message === loadFailed) refill('a file of it did not come');
  });
  place.onDidDispose(() => {
    clearTimeout(timer);
    listener.dispose();
  });
  fill();
}

/** For instance, an update removed the files while the window was open. */
async function giveUp(): Promise<void> {
  const reload = vscode.l10n.t('Reload Window');
  const message = vscode.l10n.t(
    'Qiao’s files could not be loaded, so a page of it stays empty. Reload the window; if that does not help, install Qiao again.',
  );
  if ((await showErrorMessage(message, reload)) === reload)
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
