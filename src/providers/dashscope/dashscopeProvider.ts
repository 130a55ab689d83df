/** Describes DashScope as a provider: region, workspace and key. */

import { translatable } from '../../base/common/translatable.ts';
import { checkBaseUrl } from '../checks.ts';
import type { CommonConnection } from '../connection.ts';
import type { OpenAIConnection } from '../openai/openaiProviders.ts';
import type { Provider } from '../protocol.ts';
import { findDashScopeModel } from './dashscopeCatalog.ts';
import { dashScopeHost } from './dashscopeRegions.ts';

/** `baseUrl` is the origin plus any path prefix before the documented path; default `https://dashscope.aliyuncs.com`. */
export interface DashScopeConnection extends CommonConnection {
  protocol: 'dashscope';
  baseUrl?: string;
  apiKey: string;
  /** `X-DashScope-WorkSpace`: needed with the key of a sub-account. */
  workspaceId?: string;
}

/** Users often paste it as part of the base URL. */
export const apiPath = '/api/v1';

export const dashScopeProvider: Provider<DashScopeConnection> = {
  id: 'dashscope',
  name: 'DashScope',
  detail: translatable('Alibaba’s own protocol: Qwen, Baichuan, Yi'),
  rank: 1,
  secrets: () => ['apiKey'],
  variables: () => ({ apiKey: 'DASHSCOPE_API_KEY' }),
  console: 'https://bailian.console.aliyun.com/?tab=model#/api-key',
  key: { prefix: 'sk-', example: 'sk-…' },
  address: ({ region }) => dashScopeHost(region),
  vendor: true,
  asks: 'region',
  addsPath: (path) => /compatible-mode|\/api\/v\d|\/services\//.test(path),
  connect: ({ workspaceId }, { apiKey = '' }, common) => ({
    ...common,
    protocol: 'dashscope',
    apiKey,
    workspaceId,
  }),
  describeModel: findDashScopeModel,
  families: true,
};

/** A connection for DashScope's list of models: on its compatible mode's path, at the same host and with the same key. */
export function toListConnection(connection: DashScopeConnection): OpenAIConnection {
  const { protocol, baseUrl = dashScopeHost(undefined), workspaceId, ...rest } = connection;
  const workspace: Record<string, string> = workspaceId ? { 'x-dashscope-workspace': workspaceId } : {};
  return {
    ...rest,
    protocol: 'openai',
    baseUrl: `${checkBaseUrl(protocol, baseUrl, apiPath)}/compatible-mode/v1`,
    headers: { ...rest.headers, ...workspace },
  };
}
