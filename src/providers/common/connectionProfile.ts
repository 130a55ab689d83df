/** Connection profiles: connections as users configure them, without secrets. */

import { isProvider, type ProfileProvider } from './protocols.ts';

export interface ConnectionProfile {
  /** Part of model references and of secrets' storage keys; letters, digits, `-` and `_`. */
  id: string;
  /** The user's name for it. */
  name: string;
  provider: ProfileProvider;
  /** Replaces the provider's address. */
  baseUrl?: string;
  /** DashScope: id of a public address. */
  region?: string;
  /** DashScope: sent as `X-DashScope-WorkSpace`. */
  workspaceId?: string;
  /** Qianfan v1: the kind of authentication. */
  auth?: 'oauth' | 'iam' | 'access-token';
  /** Added to every request. Not for secrets: settings are plain files. */
  headers?: Record<string, string>;
  /** Replaces VS Code's proxy; empty: none. */
  proxy?: string;
  /** Model ids, or endpoint names for Qianfan v1, offered in addition to the service's own list. */
  models?: string[];
}

/** Names of secrets. */
export type SecretName = 'apiKey' | 'secretKey' | 'accessKey' | 'accessToken';
export type Secrets = Partial<Record<SecretName, string>>;

/** An unused id: the provider's name, with a number where that is taken. */
export function newProfileId(provider: ProfileProvider, taken: readonly string[]): string {
  if (!taken.includes(provider)) return provider;
  for (let number = 2; ; number++) {
    const id = `${provider}-${number}`;
    if (!taken.includes(id)) return id;
  }
}

/** Reads a profile from the settings; `undefined` for an invalid one. Members of a wrong type are dropped. */
export function parseProfile(value: unknown): ConnectionProfile | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: Record<string, unknown> = { ...value };
  const text = (name: string): string | undefined => {
    const field = fields[name];
    return typeof field === 'string' ? field.trim() : undefined;
  };
  const id = text('id');
  const { provider } = fields;
  if (!id || !/^[\w-]{1,60}$/.test(id) || !isProvider(provider)) return undefined;
  const texts = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
  const headers =
    typeof fields.headers === 'object' && fields.headers !== null ? Object.entries(fields.headers) : [];
  return {
    id,
    name: text('name') || id,
    provider,
    baseUrl: text('baseUrl') || undefined,
    region: text('region') || undefined,
    workspaceId: text('workspaceId') || undefined,
    auth: (['oauth', 'iam', 'access-token'] as const).find((kind) => kind === fields.auth),
    headers: Object.fromEntries(headers.filter(([, header]) => typeof header === 'string')),
    proxy: text('proxy'),
    models: texts(fields.models),
  };
}
