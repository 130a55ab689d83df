/** Joins settings, key and catalog into a `ChatModel`, and lists what can be chosen. */

import { ChatError } from '../core/chatError.ts';
import type { ChatModel, ModelInfo } from '../core/chatModel.ts';
import { formatModelRef, parseModelRef } from '../core/modelRef.ts';
import type { ModelGroup } from '../core/protocol.ts';
import { dashScopeModels, findDashScopeModel } from '../providers/dashscopeCatalog.ts';
import type { ConnectionState } from './connectionState.ts';
import type { Demo } from './demo.ts';
import type { KeyStore } from './keyStore.ts';
import { readDashScopeSettings } from './settings.ts';

const connectionId = 'dashscope';

export interface Models {
  /** Throws a `ChatError` (`missing-key`) when there is nothing to ask with. */
  open(ref: string): Promise<ChatModel>;
  describe(ref: string): ModelInfo;
  /** `connectionId/modelId` for a reference or a bare model id. */
  normalize(ref: string): string;
  groups(): ModelGroup[];
}

export interface ModelsOptions {
  keys: KeyStore;
  connectionState: ConnectionState;
  demo: Demo;
}

export function createModels({ keys, connectionState, demo }: ModelsOptions): Models {
  const parse = (ref: string) => parseModelRef(ref.trim(), [connectionId]);
  return {
    async open(ref) {
      const { modelId } = parse(ref);
      const inDemo = (await connectionState.current()) === 'demo';
      const key = inDemo ? demo.apiKey : (await keys.get())?.value;
      if (!key)
        throw new ChatError({ kind: 'missing-key', providerId: connectionId, message: 'No API key is set.' });
      const { baseUrl, workspaceId } = readDashScopeSettings();
      const { createChatModel } = await import('../providers/index.ts');
      return inDemo
        ? createChatModel({ protocol: 'dashscope', baseUrl: await demo.start(), apiKey: key }, modelId)
        : createChatModel({ protocol: 'dashscope', baseUrl, apiKey: key, workspaceId }, modelId);
    },
    describe: (ref) => findDashScopeModel(parse(ref).modelId),
    normalize: (ref) => formatModelRef(parse(ref)),
    groups: () => {
      const groups = new Map<string, ModelGroup['models'][number][]>();
      for (const model of dashScopeModels) {
        const label = `DashScope · ${model.family}`;
        const choice = {
          ref: formatModelRef({ connectionId, modelId: model.id }),
          name: model.name,
          detail:
            model.contextTokens === undefined ? undefined : `${Math.round(model.contextTokens / 1024)}K`,
        };
        groups.set(label, [...(groups.get(label) ?? []), choice]);
      }
      return [...groups].map(([label, models]) => ({ label, models }));
    },
  };
}
