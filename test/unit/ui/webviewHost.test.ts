/** What passes between a page and its host, and when. */

import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import * as z from 'zod';
import { createWebviewHost, type WebviewHost } from '../../../src/ui/host/webviewHost.ts';
import { window } from '../../support/standIn/vscode.ts';

type ToView = { type: 'word'; text: string };
const schema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('say'), text: z.string() }),
  z.object({ type: z.literal('fail') }),
]);
type FromView = z.infer<typeof schema>;

describe('the host of a webview', () => {
  let host: WebviewHost<ToView, FromView>;
  let posted: unknown[];
  let logged: string[];
  let told: string[];
  let heard: string[];
  let say: (message: unknown) => void;
  let close: () => void;
  const extensionUri = 'file:///qiao' as unknown as vscode.Uri;

  beforeEach(() => {
    [posted, logged, told, heard] = [[], [], [], []];
    const closing: (() => void)[] = [];
    const listeners = new Set<(message: unknown) => void>();
    say = (message) => listeners.forEach((listener) => void listener(message));
    close = () => closing.forEach((listener) => void listener());
    window.showErrorMessage = async (message: string) => void told.push(message);
    const place = {
      viewType: 'qiao.test',
      visible: true,
      webview: {
        postMessage: (message: unknown) => posted.push(message),
        onDidReceiveMessage(listener: (message: unknown) => void) {
          listeners.add(listener);
          return { dispose: () => listeners.delete(listener) };
        },
      },
      onDidDispose: (listener: () => void) => closing.push(listener),
    };
    const log = {
      warn: (text: string) => logged.push(text),
      error: (text: string) => logged.push(text),
    } as unknown as vscode.LogOutputChannel;
    const page = (): string => 'page';
    host = createWebviewHost<ToView, FromView, vscode.WebviewPanel>(place as unknown as vscode.WebviewPanel, {
      extensionUri,
      log,
      page,
    });
  });
  afterEach(() => {
    close();
    delete window.showErrorMessage;
  });

  const listen = (): void =>
    host.listen({
      schema,
      handlers: {
        say: ({ text }) => heard.push(text),
        fail: () => Promise.reject(new Error('broken')),
      },
      before: ({ type }) => heard.push(type),
    });

  it('handles what the page sent before anything listened, in order', () => {
    say({ type: 'say', text: 'one' });
    say({ type: 'say', text: 'two' });
    listen();
    say({ type: 'say', text: 'three' });
    assert.deepEqual(heard, ['say', 'one', 'say', 'two', 'say', 'three']);
  });

  it('logs and drops what does not match the schema', () => {
    listen();
    for (const bad of [undefined, 'say', { type: 'other' }, { type: 'toString' }, { type: 'say', text: 1 }])
      say(bad);
    assert.deepEqual(heard, []);
    assert.equal(logged.length, 5);
    assert.match(logged[0] ?? '', /^A message of the page qiao\.test was dropped/);
  });

  it('reports what a handler rejects with', async () => {
    listen();
    say({ type: 'fail' });
    await new Promise(setImmediate);
    assert.deepEqual(logged, ['fail: broken']);
    assert.match(told[0] ?? '', /broken/);
  });

  it('posts nothing until the page is ready, nor when it is gone', () => {
    const { post } = host;
    post({ type: 'word', text: 'early' });
    host.isReady = true;
    post({ type: 'word', text: 'now' });
    close();
    post({ type: 'word', text: 'late' });
    assert.deepEqual(posted, [{ type: 'word', text: 'now' }]);
  });

  it('disposes what it owns with the page, or at once when that is gone', () => {
    const disposed: string[] = [];
    host.own({ dispose: () => disposed.push('one') });
    assert.equal(host.isDisposed, false);
    close();
    assert.equal(host.isDisposed, true);
    host.own({ dispose: () => disposed.push('two') });
    assert.deepEqual(disposed, ['one', 'two']);
  });
});
