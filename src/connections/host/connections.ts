/** Reads and writes connection profiles, and turns a profile into a provider's `Connection`. */

import * as vscode from 'vscode';
import { ChatError } from '../../llm/chatError.ts';
import {
  type ConnectionProfile,
  parseProfile,
  type Secrets,
} from '../../providers/common/connectionProfile.ts';
import type { NetworkOptions, RetryWait } from '../../providers/connection.ts';
import { type Connection, findProvider } from '../../providers/registry.ts';
import { hasSecrets } from '../../providers/secrets/profileSecrets.ts';
import { readNetworkOptions } from './network.ts';
import { readDashScopeSettings, readReliability } from './settings.ts';

const setting = 'connections';

/** This connection always exists. The settings `qiao.dashscope.*` hold its address. */
export const defaultProfileId = 'dashscope';

/** The default connection first, then the valid ones of the settings. */
export function readProfiles(): ConnectionProfile[] {
  const { baseUrl, region, workspaceId } = readDashScopeSettings();
  const profiles = readEntries().flatMap((value) => {
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
  if (profile.id === defaultProfileId) {
    const settings = vscode.workspace.getConfiguration('qiao');
    for (const name of ['region', 'baseUrl', 'workspaceId'] as const) {
      await settings.update(
        `dashscope.${name}`,
        profile[name] || undefined,
        vscode.ConfigurationTarget.Global,
      );
    }
    return;
  }
  const entries = readEntries();
  const index = entries.findIndex((entry) => parseProfile(entry)?.id === profile.id);
  const old: unknown = entries[index];
  const next = { ...(typeof old === 'object' ? old : {}), ...profile };
  await writeEntries(index < 0 ? [...entries, next] : entries.with(index, next));
}

export async function removeProfile(id: string): Promise<void> {
  await writeEntries(readEntries().filter((entry) => parseProfile(entry)?.id !== id));
}

/** The entries of the settings, including invalid ones, so that writing keeps them. */
function readEntries(): unknown[] {
  const value: unknown = vscode.workspace.getConfiguration('qiao').get(setting);
  return Array.isArray(value) ? value : [];
}

async function writeEntries(entries: readonly unknown[]): Promise<void> {
  const value = entries.length > 0 ? entries : undefined;
  await vscode.workspace.getConfiguration('qiao').update(setting, value, vscode.ConfigurationTarget.Global);
}

/** Whether an address belongs to one of the vendors whose keys the environment may hold. */
export function isVendorAddress(address: string): boolean {
  return URL.canParse(address) && /(^|\.)(aliyuncs\.com|baidubce\.com)$/.test(new URL(address).hostname);
}

/** The address a profile's requests go to. */
export function addressOf(profile: ConnectionProfile): string {
  return profile.baseUrl || findProvider(profile.provider).address(profile);
}

export type AllowPlainHttp = NonNullable<NetworkOptions['allowPlainHttp']>;

/** By default, no key is sent to another machine without encryption. */
export function networkOf(
  { proxy }: ConnectionProfile,
  allowPlainHttp: AllowPlainHttp = () => false,
): NetworkOptions {
  const network = { ...readNetworkOptions(), allowPlainHttp };
  // Never send VS Code's proxy password to another proxy.
  return proxy === undefined
    ? network
    : { ...network, proxyUrl: proxy || undefined, proxyAuthorization: undefined };
}

export interface ConnectionOptions {
  onWait?(wait: RetryWait): void;
  /** See `networkOf`. */
  allowPlainHttp?: AllowPlainHttp;
}

/** Throws a `ChatError` (`missing-key`) if a secret is missing. */
export function toConnection(
  profile: ConnectionProfile,
  secrets: Secrets,
  { onWait, allowPlainHttp }: ConnectionOptions = {},
): Connection {
  if (!hasSecrets(profile, secrets)) {
    throw new ChatError({ kind: 'missing-key', providerId: profile.provider, message: 'No API key is set.' });
  }
  const { timeouts, retry, limits } = readReliability();
  const common = {
    timeouts,
    limits,
    retry: { ...retry, onWait },
    headers: profile.headers,
    network: networkOf(profile, allowPlainHttp),
  };
  return findProvider(profile.provider).connect(profile, secrets, { ...common, baseUrl: addressOf(profile) });
}
