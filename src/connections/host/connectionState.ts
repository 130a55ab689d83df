/** Whether the chosen model can be asked: with what its connection needs, with the demo, or not at all. */

import * as vscode from 'vscode';
import type { KeyStore } from './keyStore.ts';
import { onDidChangeSettings } from './settings.ts';

/** `key`: all that is needed is there, which for a server on one's own machine may be nothing. */
export type ConnectionKind = 'none' | 'key' | 'demo';

export interface ConnectionState extends vscode.Disposable {
  current(): Promise<ConnectionKind>;
  /** The demo is chosen for good, until it is left or a key is set. */
  setDemo(on: boolean): Promise<void>;
  readonly onDidChange: vscode.Event<ConnectionKind>;
}

const demoName = 'qiao.demo';

export function createConnectionState(keys: KeyStore, state: vscode.Memento): ConnectionState {
  const changed = new vscode.EventEmitter<ConnectionKind>();
  let last: ConnectionKind | undefined;

  const current = async (): Promise<ConnectionKind> => {
    if (state.get(demoName, false)) return 'demo';
    // Protocols are no part of what a window waits for when it starts.
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
