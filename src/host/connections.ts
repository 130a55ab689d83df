/** The connections that are set up, and how each becomes a provider's `Connection`. */

import * as vscode from 'vscode';
import { ChatError } from '../core/chatError.ts';
import { type ConnectionProfile, hasSecrets, parseProfile, type Secrets } from '../core/connectionProfile.ts';
import type { RetryWait } from '../providers/connection.ts';
import { dashScopeHosts } from '../providers/dashscopeRegions.ts';
import type { Connection } from '../providers/index.ts';
import { readNetworkOptions } from './network.ts';
import { isDashScopeRegion, readDashScopeSettings, readReliability } from './settings.ts';

const setting = 'connections';

/** The connection that is always there; its address stands in the settings `qiao.dashscope.*`. */
export const defaultProfileId = 'dashscope';

/** The default connection first, then those of the settings; one that cannot be read is left out. */
export function readProfiles(): ConnectionProfile[] {
  const { baseUrl, region, workspaceId } = readDashScopeSettings();
  const listed: unknown = vscode.workspace.getConfiguration('qiao').get(setting);
  const profiles = (Array.isArray(listed) ? listed : []).flatMap((value) => {
    const profile = parseProfile(value);
    return profile && profile.id !== defaultProfileId ? [profile] : [];
  });
  return [
    { id: defaultProfileId, name: 'DashScope', provider: 'dashscope', baseUrl, region, workspaceId },
    ...profiles,
  ];
}

/** Adds the profile, or replaces the one with its id. */
export async function writeProfile(profile: ConnectionProfile): Promise<void> {
  const settings = vscode.workspace.getConfiguration('qiao');
  if (profile.id === defaultProfileId) {
    for (const name of ['region', 'baseUrl', 'workspaceId'] as const) {
      await settings.update(
        `dashscope.${name}`,
        profile[name] || undefined,
        vscode.ConfigurationTarget.Global,
      );
    }
    return;
  }
  const others = readProfiles().filter(({ id }) => id !== defaultProfileId);
  const index = others.findIndex(({ id }) => id === profile.id);
  const profiles = index < 0 ? [...others, profile] : others.with(index, profile);
  await settings.update(setting, profiles, vscode.ConfigurationTarget.Global);
}

export async function removeProfile(id: string): Promise<void> {
  const rest = readProfiles().filter((profile) => profile.id !== defaultProfileId && profile.id !== id);
  const settings = vscode.workspace.getConfiguration('qiao');
  await settings.update(setting, rest.length > 0 ? rest : undefined, vscode.ConfigurationTarget.Global);
}

/** The address a profile's requests go to. */
export function addressOf({ provider, baseUrl, region }: ConnectionProfile): string {
  if (baseUrl) return baseUrl;
  const host = dashScopeHosts[region !== undefined && isDashScopeRegion(region) ? region : 'beijing'];
  switch (provider) {
    case 'dashscope':
      return host;
    case 'dashscope-compatible':
      return `${host}/compatible-mode/v1`;
    case 'qianfan-v1':
      return 'https://aip.baidubce.com';
    case 'qianfan-v2':
      return 'https://qianfan.baidubce.com/v2';
    case 'ollama':
      return 'http://127.0.0.1:11434/v1';
    case 'openai':
      return '';
  }
}

/** Throws a `ChatError` (`missing-key`) when a secret is not there. */
export function toConnection(
  profile: ConnectionProfile,
  secrets: Secrets,
  onWait?: (wait: RetryWait) => void,
): Connection {
  if (!hasSecrets(profile, secrets)) {
    throw new ChatError({ kind: 'missing-key', providerId: profile.provider, message: 'No API key is set.' });
  }
  const { timeouts, retry } = readReliability();
  const network = readNetworkOptions();
  const common = {
    timeouts,
    retry: { ...retry, onWait },
    headers: profile.headers,
    network: profile.proxy === undefined ? network : { ...network, proxyUrl: profile.proxy || undefined },
  };
  const baseUrl = addressOf(profile);
  const { apiKey = '', secretKey = '', accessKey = '', accessToken = '' } = secrets;
  switch (profile.provider) {
    case 'dashscope':
      return { ...common, protocol: 'dashscope', baseUrl, apiKey, workspaceId: profile.workspaceId };
    case 'qianfan-v1':
      return {
        ...common,
        protocol: 'qianfan-v1',
        baseUrl,
        auth:
          profile.auth === 'iam'
            ? { type: 'iam', accessKey, secretKey }
            : profile.auth === 'access-token'
              ? { type: 'access-token', accessToken }
              : { type: 'oauth', apiKey, secretKey },
      };
    case 'qianfan-v2':
      return { ...common, protocol: 'openai', baseUrl, apiKey, dialect: 'qianfan' };
    default:
      return { ...common, protocol: 'openai', baseUrl, apiKey: apiKey || undefined };
  }
}
