/** Stores secrets in VS Code's SecretStorage, one entry per connection, and reads the vendors' environment variables. */

import * as vscode from 'vscode';
import type { ConnectionProfile, Secrets } from '../../providers/common/connectionProfile.ts';

export interface KeyStore extends vscode.Disposable {
  /** The stored secrets; values of the environment fill the gaps. */
  get(profile: ConnectionProfile): Promise<Secrets>;
  hasStored(profileId: string): Promise<boolean>;
  /** Replaces the profile's secrets. */
  store(profileId: string, secrets: Secrets): Promise<void>;
  remove(profileId: string): Promise<void>;
  /** Fires in every window when a secret was stored or removed in one of them. */
  readonly onDidChange: vscode.Event<void>;
}

const prefix = 'qiao.secrets.';

export function createKeyStore(secrets: vscode.SecretStorage, log: vscode.LogOutputChannel): KeyStore {
  const changed = new vscode.EventEmitter<void>();
  /** A cache, because SecretStorage answers only when VS Code's window is idle. */
  const known = new Map<string, Promise<Secrets>>();
  const subscription = secrets.onDidChange(({ key }) => {
    if (!key.startsWith(prefix)) return;
    known.delete(key.slice(prefix.length));
    changed.fire();
  });
  /** `undefined` if the storage cannot be read; the request then reports a missing key. */
  const readText = async (profileId: string): Promise<string | undefined> => {
    try {
      return await secrets.get(prefix + profileId);
    } catch (error) {
      known.delete(profileId);
      log.error(`The secret storage cannot be read: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  };
  const read = (profileId: string): Promise<Secrets> => {
    const secrets = known.get(profileId) ?? readText(profileId).then(parseSecrets);
    known.set(profileId, secrets);
    return secrets;
  };
  return {
    async get(profile) {
      // Keeps the protocols out of the start of the window.
      const { keysFromEnvironment } = await import('./environmentKeys.ts');
      return { ...keysFromEnvironment(profile), ...(await read(profile.id)) };
    },
    hasStored: async (profileId) => (await readText(profileId)) !== undefined,
    async store(profileId, values) {
      await secrets.store(prefix + profileId, JSON.stringify(values));
      known.delete(profileId);
    },
    async remove(profileId) {
      await secrets.delete(prefix + profileId);
      known.delete(profileId);
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(subscription, changed).dispose(),
  };
}

function parseSecrets(text: string | undefined): Secrets {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
