/** Answers VS Code's questions about Qiao's models; what knows the answers is loaded with the first one. */

import * as vscode from 'vscode';
import type { ConnectionState } from '../../connections/host/connectionState.ts';
import type { KeyStore } from '../../connections/host/keyStore.ts';
import { onDidChangeSettings } from '../../connections/host/settings.ts';
import type { NativeModels } from './nativeModels.ts';

export interface ModelProviderOptions {
  keys: Pick<KeyStore, 'onDidChange'>;
  connectionState: Pick<ConnectionState, 'current' | 'onDidChange'>;
  /** `onChange`: to be called when there are other models. */
  load(onChange: () => void): Promise<NativeModels>;
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
  let loaded: Promise<NativeModels> | undefined;
  const models = (): Promise<NativeModels> => {
    loaded ??= load(change);
    // What failed to load may load the next time.
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
