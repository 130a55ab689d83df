/** Whether Qiao can ask anything: with a key, with the demo, or not at all. Menus and panel follow it. */

import * as vscode from 'vscode';
import type { KeyStore } from './keyStore.ts';

export type ConnectionKind = 'none' | 'key' | 'demo';

export interface ConnectionState extends vscode.Disposable {
  /** Settles once the key store has been asked. */
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
    return (await keys.get()) ? 'key' : 'none';
  };
  const refresh = async (): Promise<void> => {
    const [kind, key] = await Promise.all([current(), keys.get()]);
    void vscode.commands.executeCommand('setContext', 'qiao.connection', kind);
    void vscode.commands.executeCommand('setContext', 'qiao.keyStored', key?.source === 'stored');
    if (kind !== last && last !== undefined) changed.fire(kind);
    last = kind;
  };

  const subscription = keys.onDidChange(() => void refresh());
  void refresh();
  return {
    current,
    async setDemo(on) {
      await state.update(demoName, on ? true : undefined);
      await refresh();
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(subscription, changed).dispose(),
  };
}
