/** Fetches the lists of models from the services and caches them across sessions. */

import * as vscode from 'vscode';
import type { ConnectionProfile } from '../../providers/common/connectionProfile.ts';
import { protocolFor } from '../../providers/common/protocols.ts';
import { findProtocol } from '../../providers/registry.ts';
import { hasSecrets } from '../../providers/secrets/profileSecrets.ts';
import { addressOf, toConnection } from './connections.ts';
import type { KeyStore } from './keyStore.ts';
import type { PlainHttpConsent } from './plainHttp.ts';

export interface ModelLists extends vscode.Disposable {
  /** The cached model ids of the profile's service; empty if there are none. */
  get(profile: ConnectionProfile): readonly string[];
  /** Fetches outdated lists; `onDidChange` fires for each that changed. Never rejects. */
  refresh(profiles: readonly ConnectionProfile[], options?: { evenIfFresh?: boolean }): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

const stateName = 'qiao.modelLists';
const freshMs = 10 * 60_000;
/** After a failure. */
const failedMs = 15_000;
const timeoutMs = 5000;

interface KnownList {
  address: string;
  /** Milliseconds since the epoch. */
  askedAt: number;
  ids: string[];
  failed?: boolean;
}

export function createModelLists(
  keys: KeyStore,
  state: vscode.Memento,
  log: vscode.LogOutputChannel,
  plainHttp: PlainHttpConsent,
): ModelLists {
  const changed = new vscode.EventEmitter<void>();
  const known = (): Record<string, KnownList> => state.get(stateName, {});

  /** Keeps the old list if the service fails. */
  const ask = async (profile: ConnectionProfile): Promise<void> => {
    const address = addressOf(profile);
    const old = known()[profile.id];
    let ids = old?.address === address ? old.ids : [];
    let failed = false;
    try {
      const connection = toConnection(profile, await keys.get(profile), {
        // Ask the user nothing in the background.
        allowPlainHttp: plainHttp.has,
      });
      const { listModels } = findProtocol(connection.protocol);
      if (!listModels) return;
      ids = await listModels(connection, AbortSignal.timeout(timeoutMs));
    } catch (error) {
      failed = true;
      log.info(`${profile.name} gave no list of models: ${error instanceof Error ? error.message : error}`);
    }
    await state.update(stateName, {
      ...known(),
      [profile.id]: { address, askedAt: Date.now(), ids, failed },
    });
    if (JSON.stringify(ids) !== JSON.stringify(old?.ids ?? [])) changed.fire();
  };

  return {
    get: (profile) => {
      const list = known()[profile.id];
      return list?.address === addressOf(profile) ? list.ids : [];
    },
    async refresh(profiles, { evenIfFresh = false } = {}) {
      for (const profile of profiles) {
        const list = known()[profile.id];
        const old =
          list?.address !== addressOf(profile) ||
          Date.now() - list.askedAt > (list.failed ? failedMs : freshMs);
        const lists = findProtocol(protocolFor(profile.provider)).listModels && addressOf(profile) !== '';
        if ((old || evenIfFresh) && lists && hasSecrets(profile, await keys.get(profile))) await ask(profile);
      }
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
