/** Whether the chosen model can be asked: with what its connection needs, with the demo, or not at all. */

import * as vscode from 'vscode';
import { hasSecrets } from '../core/connectionProfile.ts';
import { parseModelRef } from '../core/modelRef.ts';
import { readProfiles } from './connections.ts';
import type { KeyStore } from './keyStore.ts';
import { onDidChangeSettings, readModelSetting } from './settings.ts';

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

  const isReady = async (): Promise<boolean> => {
    const profiles = readProfiles();
    const { connectionId } = parseModelRef(
      readModelSetting(),
      profiles.map(({ id }) => id),
    );
    const profile = profiles.find(({ id }) => id === connectionId);
    return profile !== undefined && hasSecrets(profile, await keys.get(profile));
  };
  const current = async (): Promise<ConnectionKind> => {
    if (state.get(demoName, false)) return 'demo';
    return (await isReady()) ? 'key' : 'none';
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
