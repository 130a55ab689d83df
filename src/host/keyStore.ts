/** Where API keys are: SecretStorage, or the environment as a fallback; nowhere else. */

import * as vscode from 'vscode';

export interface StoredKey {
  value: string;
  source: 'stored' | 'environment';
}

export interface KeyStore extends vscode.Disposable {
  get(): Promise<StoredKey | undefined>;
  store(key: string): Promise<void>;
  remove(): Promise<void>;
  /** Fires in every window when a key was stored or removed in one of them. */
  readonly onDidChange: vscode.Event<void>;
}

const secretName = 'qiao.apiKey.dashscope';
/** The variable that the vendor's own SDKs read. */
const environmentName = 'DASHSCOPE_API_KEY';

export function createKeyStore(secrets: vscode.SecretStorage): KeyStore {
  const changed = new vscode.EventEmitter<void>();
  const subscription = secrets.onDidChange(({ key }) => {
    if (key === secretName) changed.fire();
  });
  return {
    async get() {
      const stored = await secrets.get(secretName);
      if (stored) return { value: stored, source: 'stored' };
      const value = process.env[environmentName]?.trim();
      return value ? { value, source: 'environment' } : undefined;
    },
    store: async (key) => secrets.store(secretName, key),
    remove: async () => secrets.delete(secretName),
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(subscription, changed).dispose(),
  };
}
