/** What is needed to list and ask models, without conversations and panels: VS Code's own chat wants no more. */

import type * as vscode from 'vscode';
import type { ConnectionState } from './connectionState.ts';
import { readProfiles } from './connections.ts';
import { createDemo, type Demo } from './demo.ts';
import type { KeyStore } from './keyStore.ts';
import { createModelLists, type ModelLists } from './modelLists.ts';
import { createModels, type Models } from './models.ts';

export interface ModelParts {
  demo: Demo;
  lists: ModelLists;
  models: Models;
  dispose(): Promise<void>;
}

export interface ModelPartsOptions {
  keys: KeyStore;
  connectionState: ConnectionState;
  log: vscode.LogOutputChannel;
  /** Where the services' lists are kept. */
  state: vscode.Memento;
}

export function createModelParts({ keys, connectionState, log, state }: ModelPartsOptions): ModelParts {
  const demo = createDemo();
  const lists = createModelLists(keys, state, log);
  const refreshLists = keys.onDidChange(() => void lists.refresh(readProfiles(), { evenIfFresh: true }));
  return {
    demo,
    lists,
    models: createModels({ keys, connectionState, demo, lists }),
    async dispose() {
      refreshLists.dispose();
      lists.dispose();
      await demo.dispose();
    },
  };
}
