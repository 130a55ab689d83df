/** Provides Qiao's models to VS Code; loads the implementation with the first call. */

import * as vscode from 'vscode';
import type { ConnectionState } from '../../connections/host/connectionState.ts';
import type { KeyStore } from '../../connections/host/keyStore.ts';
import { onDidChangeSettings } from '../../connections/host/settings.ts';
import type { VscodeChatModels } from './vscodeChatModels.ts';

export interface ModelProviderOptions {
  keys: Pick<KeyStore, 'onDidChange'>;
  connectionState: Pick<ConnectionState, 'current' | 'onDidChange'>;
  /** Calls `onChange` when the list of models changes. */
  load(onChange: () => void): Promise<VscodeChatModels>;
  /** Shows the user how to set up a connection. */
  manage(): Thenable<unknown>;
}

export type ModelProvider = vscode.LanguageModelChatProvider & vscode.Disposable;

export function createModelProvider({
  keys,
  connectionState,
  load,
  manage,
}: ModelProviderOptions): ModelProvider {
  const changed = new vscode.EventEmitter<void>();
  const change = (): void => changed.fire();
  const subscriptions = vscode.Disposable.from(
    changed,
    keys.onDidChange(change),
    connectionState.onDidChange(change),
    onDidChangeSettings(change),
  );
  let loaded: Promise<VscodeChatModels> | undefined;
  const models = (): Promise<VscodeChatModels> => {
    loaded ??= load(change);
    // Loading is retried after a failure.
    loaded.catch(() => {
      loaded = undefined;
    });
    return loaded;
  };
  return {
    onDidChangeLanguageModelChatInformation: changed.event,
    async provideLanguageModelChatInformation({ silent }) {
      if (!silent && (await connectionState.current()) === 'none') await manage();
      return (await models()).list();
    },
    provideLanguageModelChatResponse: async (...request) => (await models()).respond(...request),
    provideTokenCount: async (_model, text) => (await models()).countTokens(text),
    dispose: () => subscriptions.dispose(),
  };
}
