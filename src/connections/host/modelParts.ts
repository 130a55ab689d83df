/** What is needed to list and ask models, without conversations and panels: VS Code's own chat wants no more. */

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

export interface ModelParts {
  demo: Demo;
  lists: ModelLists;
  models: Models;
  /** Whether keys may go without encryption to another machine. */
  plainHttp: PlainHttpConsent;
  /** What went over the wire in this window. */
  exchanges: Exchanges;
  /** What every request took. */
  ledger: UsageLedger;
  usage: UsageMeter;
  /** The user's update of the facts about models, which is in force. */
  catalog: CatalogStore;
  dispose(): Promise<void>;
}

export interface ModelPartsOptions {
  keys: KeyStore;
  connectionState: ConnectionState;
  log: vscode.LogOutputChannel;
  /** The user's own, the same in every workspace. */
  state: vscode.Memento;
  /** The extension's own folder. */
  storage: vscode.Uri;
}

export async function createModelParts({
  keys,
  connectionState,
  log,
  state,
  storage,
}: ModelPartsOptions): Promise<ModelParts> {
  const disposables = new DisposableStore();
  const ledger = createLedger({
    file: path.join(storage.fsPath, 'usage.jsonl'),
    onFailure: (error) => log.warn(`The usage could not be written: ${error}`),
  });
  const usage = disposables.add(createUsageMeter({ ledger, memory: state, log }));
  const catalog = await openCatalogStore(storage.fsPath, (problem) =>
    log.warn(`The update of the catalog can't be read: ${problem}`),
  );
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
