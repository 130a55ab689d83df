/** The host's end of a webview: writes its page, validates its messages, and dispatches them to handlers. */

import * as vscode from 'vscode';
import type * as z from 'zod';
import { reportFailure } from '../../base/host/reportFailure.ts';
import { loadFailed } from '../common/loadFailed.ts';
import type { Handlers, Message } from '../common/messages.ts';
import { fillPage } from './fillPage.ts';
import { strictPage } from './pageParts.ts';
import { tabIcon } from './tabIcon.ts';

export interface WebviewHostOptions {
  extensionUri: vscode.Uri;
  log: vscode.LogOutputChannel;
  /** The name of its script and style sheet in `dist/webview`, for `strictPage`; or a function that writes its HTML. */
  page: string | ((webview: vscode.Webview) => string);
  /** Folders the page may load from, beside `dist/webview`. */
  roots?: readonly vscode.Uri[];
}

/** Receives the messages of a page. */
export interface Receiver<FromView extends Message> {
  /** A message that does not match is logged and dropped. */
  schema: z.ZodType<FromView>;
  /** Errors and rejections of handlers are reported to the user. */
  handlers: Handlers<FromView>;
  /** Called with each valid message before its handler. */
  before?(message: FromView): void;
}

/** A tab or a view. */
type Place = vscode.WebviewPanel | vscode.WebviewView;

/** Lives as long as its webview. */
export interface WebviewHost<ToView extends Message, FromView extends Message, In extends Place = Place> {
  readonly place: In;
  /** Set when the page has asked for its first state; until then `post` drops messages. */
  isReady: boolean;
  /** Whether the webview was disposed. */
  readonly isDisposed: boolean;
  /** Needs no `this`. */
  post(message: ToView): void;
  /** Call it once; it handles earlier messages, too. */
  listen(receiver: Receiver<FromView>): void;
  /** Disposes the object with the webview, or at once if that is disposed. */
  own(disposable: { dispose(): unknown }): void;
}

/** Sets the webview's options, page and message listener, and a tab's icon. */
export function createWebviewHost<ToView extends Message, FromView extends Message, In extends Place>(
  place: In,
  { extensionUri, log, page, roots = [] }: WebviewHostOptions,
): WebviewHost<ToView, FromView, In> {
  const { webview } = place;
  const owned: { dispose(): unknown }[] = [];
  let early: unknown[] = [];
  let receiver: Receiver<FromView> | undefined;

  const host: WebviewHost<ToView, FromView, In> & { isDisposed: boolean } = {
    place,
    isReady: false,
    isDisposed: false,
    post(message) {
      if (host.isReady && !host.isDisposed) void webview.postMessage(message);
    },
    listen(next) {
      receiver = next;
      for (const message of early) void receive(message, next);
      early = [];
    },
    own(disposable) {
      if (host.isDisposed) disposable.dispose();
      else owned.push(disposable);
    },
  };

  async function receive(raw: unknown, { schema, handlers, before }: Receiver<FromView>): Promise<void> {
    const { data: message, error } = schema.safeParse(raw);
    if (!message) {
      const issues = error?.issues.map((issue) => issue.message).join('; ');
      log.warn(`A message of the page ${place.viewType} was dropped: ${issues}`);
      return;
    }
    try {
      before?.(message);
      const type: FromView['type'] = message.type;
      await handlers[type](message);
    } catch (failure) {
      await reportFailure(log, message.type, failure);
    }
  }

  webview.options = {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview'), ...roots],
  };
  if (!('show' in place)) place.iconPath = tabIcon(extensionUri);
  host.own(
    webview.onDidReceiveMessage((message: unknown) => {
      // `fillPage` listens for it.
      if (message === loadFailed) return;
      if (receiver) void receive(message, receiver);
      else early.push(message);
    }),
  );
  place.onDidDispose(() => {
    host.isDisposed = true;
    for (const disposable of owned) disposable.dispose();
  });
  fillPage(
    place,
    () => (typeof page === 'string' ? strictPage(webview, extensionUri, { name: page }) : page(webview)),
    log,
  );
  return host;
}
