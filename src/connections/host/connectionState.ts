/** Tells whether the chosen model can be used: with its connection, with the demo, or not at all. */

import * as vscode from 'vscode';
import type { KeyStore } from './keyStore.ts';
import { onDidChangeSettings } from './settings.ts';

/** `key`: the connection has all secrets it needs, which may be none. */
export type ConnectionKind = 'none' | 'key' | 'demo';

export interface ConnectionState extends vscode.Disposable {
  current(): Promise<ConnectionKind>;
  /** Persists until the user leaves the demo or sets a key. */
  setDemo(on: boolean): Promise<void>;
  readonly onDidChange: vscode.Event<ConnectionKind>;
}

const demoName = 'qiao.demo';

export function createConnectionState(keys: KeyStore, state: vscode.Memento): ConnectionState {
  const changed = new vscode.EventEmitter<ConnectionKind>();
  let last: ConnectionKind | undefined;

  const current = async (): Promise<ConnectionKind> => {
    if (state.get(demoName, false)) return 'demo';
    // Keeps the protocols out of the start of the window.
    const { isReady } = await import('./isReady.ts');
    return (await isReady(keys)) ? 'key' : 'none';
  };
  const refresh = async (): Promise<void> => {
    const kind = await current();
    void vscode.commands.executeCommand('setContext', 'qiao.connection', kind);
    if (kind !== last && last !== undefined) changed.fire(kind);
    last = kind;
  };

  const subscriptions = vscode.Disposable.from(
    changed,
    keys.onDidChange(() => void refresh()),
    onDidChangeSettings(() => void refresh()),
  );
  void refresh();
  return {
    current,
    async setDemo(on) {
      await state.update(demoName, on ? true : undefined);
      await refresh();
    },
    onDidChange: changed.event,
    dispose: () => subscriptions.dispose(),
  };
}
