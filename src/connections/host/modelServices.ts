/** Creates the services that list and ask models. VS Code's chat needs no more than these. */

import path from 'node:path';
import type * as vscode from 'vscode';
import { DisposableStore } from '../../base/host/disposables.ts';
import { createExchanges, type Exchanges } from '../../inspector/host/exchanges.ts';
import { createLedger, type UsageLedger } from '../../usage/host/ledger.ts';
import { createUsageMeter, type UsageMeter } from '../../usage/host/usageMeter.ts';
import { type CatalogStore, openCatalogStore } from './catalog/catalogStore.ts';
import type { ConnectionState } from './connectionState.ts';
import { readProfiles } from './connections.ts';
import { createDemo, type Demo } from './demo.ts';
import type { KeyStore } from './keyStore.ts';
import { createModelLists, type ModelLists } from './modelLists.ts';
import { createModels, type Models } from './models.ts';
import { createPlainHttpConsent, type PlainHttpConsent } from './plainHttp.ts';

export interface ModelServices {
  demo: Demo;
  lists: ModelLists;
  models: Models;
  plainHttp: PlainHttpConsent;
  /** Records the HTTP exchanges of this window. */
  exchanges: Exchanges;
  ledger: UsageLedger;
  usage: UsageMeter;
  /** Its update, if any, is in use. */
  catalog: CatalogStore;
  dispose(): Promise<void>;
}

export interface ModelServicesDependencies {
  keys: KeyStore;
  connectionState: ConnectionState;
  log: vscode.LogOutputChannel;
  /** The user's state, shared by all workspaces. */
  state: vscode.Memento;
  /** The extension's global storage folder. */
  storage: vscode.Uri;
}

/** The caller disposes the services. */
export async function createModelServices({
  keys,
  connectionState,
  log,
  state,
  storage,
}: ModelServicesDependencies): Promise<ModelServices> {
  const catalog = await openCatalogStore(storage.fsPath, (problem) =>
    log.warn(`The update of the catalog can't be read: ${problem}`),
  );
  const disposables = new DisposableStore();
  const ledger = createLedger({
    file: path.join(storage.fsPath, 'usage.jsonl'),
    onFailure: (error) => log.warn(`The usage could not be written: ${error}`),
  });
  const usage = disposables.add(createUsageMeter({ ledger, state, log }));
  const exchanges = disposables.add(createExchanges(log));
  const plainHttp = createPlainHttpConsent(state);
  const demo = disposables.add(createDemo());
  const lists = disposables.add(createModelLists(keys, state, log, plainHttp));
  disposables.add(keys.onDidChange(() => void lists.refresh(readProfiles(), { evenIfFresh: true })));
  return {
    demo,
    lists,
    models: createModels({ keys, connectionState, demo, lists, usage, exchanges, plainHttp }),
    plainHttp,
    exchanges,
    ledger,
    usage,
    catalog,
    dispose: () => disposables.dispose(),
  };
}
