/** Fills webviews with their pages, and once more when a page does not come. */

import * as vscode from 'vscode';
import { loadFailed } from '../core/loadFailed.ts';
import { showErrorMessage } from './window/messages.ts';

/** How often a page is written anew, with less than a minute between, before the user is told. */
const mostAgain = 3;
const series = 60_000;
/** How long a page in sight may say nothing at first, in milliseconds; twice as long each time. */
const silence = 10_000;

/**
 * Writes the page that `html` returns, with another nonce each time. On a busy machine Chromium can stop the requests of a page
 * that VS Code has just written into its frame (crbug.com/978325), and the page stays empty: its script `watch.js` says
 * so, or, if that did not come either, nothing is heard from it. Then it is written again.
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

/** As when an update has taken the files away under a window. */
async function giveUp(): Promise<void> {
  const reload = vscode.l10n.t('Reload Window');
  const message = vscode.l10n.t(
    'Qiao’s files could not be loaded, so a page of it stays empty. Reload the window; if that does not help, install Qiao again.',
  );
  if ((await showErrorMessage(message, reload)) === reload)
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
