/** Lists and calls Qiao's models for VS Code's chat and other extensions. */

import type * as vscode from 'vscode';
import type { ConnectionState } from '../../connections/host/connectionState.ts';
import { readProfiles } from '../../connections/host/connections.ts';
import type { KeyStore } from '../../connections/host/keyStore.ts';
import type { ModelServices } from '../../connections/host/modelServices.ts';
import { readModelSetting } from '../../connections/host/settings.ts';
import { hasSecrets } from '../../providers/secrets/profileSecrets.ts';
import type { ModelCall } from './answerRequest.ts';
import { createTokenCounter } from './countTokens.ts';
import { isPlainRef, toInformation } from './modelInformation.ts';

export interface VscodeChatModels {
  /** The models of every usable connection and of the chosen one; the chosen model first. */
  list(): Promise<vscode.LanguageModelChatInformation[]>;
  /** Throws plain errors in the user's language; returns early if cancelled. */
  respond(...request: ModelCall): Promise<void>;
  countTokens(text: string | { content: readonly unknown[] }): number;
}

export interface VscodeChatModelsOptions extends Pick<ModelServices, 'models' | 'lists'> {
  keys: KeyStore;
  connectionState: ConnectionState;
  log: vscode.LogOutputChannel;
}

export function createVscodeChatModels(options: VscodeChatModelsOptions): VscodeChatModels {
  const { models, lists } = options;
  return {
    async list() {
      void lists.refresh(readProfiles());
      const refs = await listRefs(options);
      return refs
        .filter(isPlainRef)
        .map((ref) => toInformation(models.describe(ref), { ref, connection: models.profileOf(ref).name }));
    },
    // Loads the client with the first request.
    respond: async (...request) => (await import('./answerRequest.ts')).answerRequest(options, ...request),
    countTokens: createTokenCounter(),
  };
}

async function listRefs({ models, keys, connectionState }: VscodeChatModelsOptions): Promise<string[]> {
  const chosen = models.normalize(readModelSetting());
  const current = models.profileOf(chosen).id;
  const isDemo = (await connectionState.current()) === 'demo';
  const refs = [chosen];
  for (const { ref } of (await models.groups(chosen)).flatMap((group) => group.models)) {
    const profile = models.profileOf(ref);
    const isReady = profile.id === current || (!isDemo && hasSecrets(profile, await keys.get(profile)));
    if (isReady) refs.push(ref);
  }
  return [...new Set(refs)];
}
