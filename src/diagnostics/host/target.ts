/** What is checked of one connection: its address, its key, and the way that its requests take. */

import { trimTrailing } from '../../base/common/trimTrailing.ts';
import type { ConnectionProfile, Secrets } from '../../providers/common/connectionProfile.ts';
import type { NetworkOptions } from '../../providers/connection.ts';
import { bypassesProxy } from '../../providers/http/noProxy.ts';
import { createExchange, type Exchange } from './exchange.ts';

export interface Target {
  profile: ConnectionProfile;
  secrets: Secrets;
  /** Where the base URL leads, whether or not it is one. */
  address: string;
  /** `undefined`: the base URL is none. */
  url: URL | undefined;
  network: NetworkOptions;
  /** Requests go through a proxy. */
  proxied: boolean;
  /** The model that is chosen belongs to this connection. */
  chosen: boolean;
  /** One request without a key, sent with the first look at it and shared by all checks. */
  exchange: Exchange;
}

export type TargetFacts = Pick<Target, 'profile' | 'secrets' | 'address' | 'network' | 'chosen'>;

export function createTarget(facts: TargetFacts): Target {
  const { address, network } = facts;
  const url = URL.parse(address.trim()) ?? undefined;
  const usable = url && /^https?:$/.test(url.protocol) ? url : undefined;
  const proxied = Boolean(usable && network.proxyUrl && !bypassesProxy(usable, network.noProxy));
  return { ...facts, url: usable, proxied, exchange: createExchange(usable, network) };
}

export function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

/** As `net` and `dns` want it: addresses of version 6 stand in brackets inside a URL. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The address without what can hold a secret: user, password, query, and parts of the path that are not usual ones. */
export function showAddress({ origin, pathname }: URL): string {
  const path = trimTrailing(pathname, '/');
  const parts = path.split('/').map((part) => (part === '' || usual.test(part) ? part : '…'));
  return `${origin}${parts.join('/')}`;
}

const usual =
  /^(v\d+(beta)?|api|openai|compatible-mode|chat|completions|models|services|aigc|text-generation|generation|rpc|\d\.\d|ai_custom|wenxinworkshop|proxy|gateway|llm)$/i;
