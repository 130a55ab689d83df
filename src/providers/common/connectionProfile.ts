/** Named ways to reach a platform, as the user sets them up: plain data without secrets. */

import { isProvider, type ProfileProvider } from './protocols.ts';

export interface ConnectionProfile {
  /** Stands in model references and names the secrets; letters, digits, `-` and `_`. */
  id: string;
  /** What the user calls it. */
  name: string;
  provider: ProfileProvider;
  /** In place of the provider's own address. */
  baseUrl?: string;
  /** DashScope: which public address. */
  region?: string;
  /** DashScope: `X-DashScope-WorkSpace`. */
  workspaceId?: string;
  /** Qianfan v1: how requests prove who sends them. */
  auth?: 'oauth' | 'iam' | 'access-token';
  /** Added to every request. Not for secrets: settings are files anyone may read. */
  headers?: Record<string, string>;
  /** In place of VS Code's proxy; empty: none. */
  proxy?: string;
  /** Model ids, or endpoint names for Qianfan v1, to offer beside those the service lists itself. */
  models?: string[];
}

/** The names of what must be kept secret. */
export type SecretName = 'apiKey' | 'secretKey' | 'accessKey' | 'accessToken';
export type Secrets = Partial<Record<SecretName, string>>;

/** A free id made from the provider's name. */
export function newProfileId(provider: ProfileProvider, taken: readonly string[]): string {
  if (!taken.includes(provider)) return provider;
  for (let number = 2; ; number++) {
    const id = `${provider}-${number}`;
    if (!taken.includes(id)) return id;
  }
}

/** What stands in the settings, as a profile; `undefined` for what cannot be one. Members of a wrong type are left out. */
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
