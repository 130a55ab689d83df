/** Describes the connection that a check examines: address, key and network route. */

import { trimTrailing } from '../../base/common/trimTrailing.ts';
import type { ConnectionProfile, Secrets } from '../../providers/common/connectionProfile.ts';
import type { NetworkOptions } from '../../providers/connection.ts';
import { bypassesProxy } from '../../providers/http/noProxy.ts';
import { createExchange, type Exchange } from './exchange.ts';

export interface Target {
  profile: ConnectionProfile;
  secrets: Secrets;
  /** The base URL as configured, valid or not. */
  address: string;
  /** The parsed base URL; `undefined` if it is no http or https address. */
  url: URL | undefined;
  network: NetworkOptions;
  /** Whether requests go through a proxy. */
  proxied: boolean;
  /** Whether the chosen model belongs to this connection. */
  chosen: boolean;
  /** Sends one request without a key on the first call; all checks share its outcome. */
  exchange: Exchange;
}

export type TargetInput = Pick<Target, 'profile' | 'secrets' | 'address' | 'network' | 'chosen'>;

export function createTarget(input: TargetInput): Target {
  const { address, network } = input;
  const url = URL.parse(address.trim()) ?? undefined;
  const usable = url && /^https?:$/.test(url.protocol) ? url : undefined;
  const proxied = Boolean(usable && network.proxyUrl && !bypassesProxy(usable, network.noProxy));
  return { ...input, url: usable, proxied, exchange: createExchange(usable, network) };
}

export function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

/** The host for `net` and `dns`: IPv6 addresses without the brackets of URLs. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The address without parts that may contain secrets: user, password, query and unusual path segments. */
export function showAddress({ origin, pathname }: URL): string {
  const path = trimTrailing(pathname, '/');
  const parts = path.split('/').map((part) => (part === '' || usual.test(part) ? part : '…'));
  return `${origin}${parts.join('/')}`;
}

const usual =
  /^(v\d+(beta)?|api|openai|compatible-mode|chat|completions|models|services|aigc|text-generation|generation|rpc|\d\.\d|ai_custom|wenxinworkshop|proxy|gateway|llm)$/i;
