/** Describes the providers of OpenAI's protocol: platforms, gateways and local servers. */

import { translatable } from '../../base/common/translatable.ts';
import { withCatalogEntry } from '../catalog/catalog.ts';
import type { ConnectionProfile } from '../common/connectionProfile.ts';
import type { ProfileProvider } from '../common/protocols.ts';
import type { CommonConnection } from '../connection.ts';
import { dashScopeHost } from '../dashscope/dashscopeRegions.ts';
import type { Provider } from '../protocol.ts';
import { describeOpenAIModel } from './openaiCatalog.ts';

/** Qianfan v2, DashScope's compatible mode, Ollama, vLLM, gateways. `/v1` is tried where `baseUrl` has no path. */
export interface OpenAIConnection extends CommonConnection {
  protocol: 'openai';
  baseUrl: string;
  /** Not needed by local servers. */
  apiKey?: string;
  /** Variant of the request's names: Qianfan v2 calls the repetition penalty `penalty_score`. */
  dialect?: 'qianfan';
}

/** The members that all these providers share. */
function common(
  id: ProfileProvider,
): Pick<Provider<OpenAIConnection>, 'id' | 'asks' | 'connect' | 'describeModel'> {
  return {
    id,
    asks: 'address',
    connect: (profile, { apiKey }, shared) => ({
      ...shared,
      headers: withWorkspace(profile),
      protocol: 'openai',
      baseUrl: shared.baseUrl,
      apiKey: apiKey || undefined,
    }),
    describeModel: (model) => withCatalogEntry(id, describeOpenAIModel(model)),
  };
}

/** The compatible mode takes the workspace in the same header as the native protocol. */
function withWorkspace({ headers, workspaceId }: ConnectionProfile): Record<string, string> {
  return { ...headers, ...(workspaceId ? { 'x-dashscope-workspace': workspaceId } : {}) };
}

const qianfanV2 = common('qianfan-v2');

export const openAIProviders: readonly Provider<OpenAIConnection>[] = [
  {
    ...common('dashscope-compatible'),
    name: translatable('DashScope, compatible mode'),
    detail: translatable('Alibaba’s models through the OpenAI-compatible interface'),
    rank: 2,
    secrets: () => ['apiKey'],
    variables: () => ({ apiKey: 'DASHSCOPE_API_KEY' }),
    console: 'https://bailian.console.aliyun.com/?tab=model#/api-key',
    key: { prefix: 'sk-', example: 'sk-…' },
    address: ({ region }) => `${dashScopeHost(region)}/compatible-mode/v1`,
    vendor: true,
    asks: 'region',
  },
  {
    ...qianfanV2,
    name: translatable('Qianfan (v2)'),
    detail: translatable('Baidu’s current interface: ERNIE and many others'),
    rank: 3,
    secrets: () => ['apiKey'],
    variables: () => ({ apiKey: 'QIANFAN_BEARER_TOKEN' }),
    console: 'https://console.bce.baidu.com/iam/#/iam/apikey/list',
    key: { prefix: 'bce-v3/', example: 'bce-v3/ALTAK-…' },
    address: () => 'https://qianfan.baidubce.com/v2',
    vendor: true,
    connect: (profile, secrets, shared) => ({
      ...qianfanV2.connect({ ...profile, workspaceId: undefined }, secrets, shared),
      dialect: 'qianfan',
    }),
  },
  {
    ...common('openai'),
    name: translatable('OpenAI-compatible'),
    detail: translatable('vLLM, gateways, anything that speaks chat completions'),
    rank: 4,
    secrets: () => [],
    takesOptionalKey: true,
    address: () => '',
  },
  {
    ...common('ollama'),
    name: 'Ollama',
    detail: translatable('Models on your own machine; no key'),
    rank: 6,
    local: true,
    secrets: () => [],
    address: () => 'http://127.0.0.1:11434/v1',
  },
];
