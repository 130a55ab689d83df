/** The pools that requests travel through: one for each set of limits and network options, direct or by a proxy. */

import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { Agent, type buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { NetworkOptions, Timeouts } from '../connection.ts';
import { errorCode, ProxyFault } from './networkFaults.ts';
import { bypassesProxy } from './noProxy.ts';

export interface Route {
  timeouts: Timeouts | undefined;
  network?: NetworkOptions;
}

export const defaultTimeouts: Required<Timeouts> = {
  connectMs: 15_000,
  firstByteMs: 300_000,
  idleMs: 300_000,
  keepAliveMs: 1_800_000,
};
/** Node fires longer timers at once. */
const longestTimer = 2 ** 31 - 1;
const keepAliveTimeout = 30_000;
const dispatchers = new Map<string, Dispatcher>();
const localPools = new WeakMap<() => Duplex, Dispatcher>();
let systemStore: readonly string[] | undefined;

/** The timeouts with the defaults where none is set. */
export function timeoutsOf(timeouts: Timeouts = {}): Required<Timeouts> {
  const ms = (name: keyof Timeouts): number =>
    Math.min(timeouts[name] ?? defaultTimeouts[name], longestTimer);
  return {
    connectMs: ms('connectMs'),
    firstByteMs: ms('firstByteMs'),
    idleMs: ms('idleMs'),
    keepAliveMs: ms('keepAliveMs'),
  };
}

/**
 * The same pool for the same route, so that turns share connections. Pools live as long as the process; idle sockets
 * close after 30 s and keep no process alive. Throws a `ProxyFault` for a proxy address that can't be used.
 */
export function dispatcherFor(url: string, { timeouts, network = {} }: Route): Dispatcher {
  const { connectMs, idleMs } = timeoutsOf(timeouts);
  if (network.openSocket) return localPoolFor(network.openSocket, idleMs);
  const proxy =
    network.proxyUrl && !bypassesProxy(new URL(url), network.noProxy)
      ? readProxy(network.proxyUrl, network.proxyAuthorization)
      : undefined;
  const { strictSsl = true, extraCertificates = [] } = network;
  const key = JSON.stringify([
    connectMs,
    idleMs,
    proxy,
    strictSsl,
    extraCertificates,
    systemStore !== undefined,
  ]);
  let dispatcher = dispatchers.get(key);
  if (!dispatcher) {
    const connect = { timeout: connectMs, ...trust(strictSsl, extraCertificates) };
    dispatcher = createDispatcher({ connectMs, idleMs }, connect, proxy);
    dispatchers.set(key, dispatcher);
  }
  return dispatcher;
}

/** One pool for each `openSocket`; the idle limit of its first request applies. */
function localPoolFor(openSocket: () => Duplex, idleMs: number): Dispatcher {
  let pool = localPools.get(openSocket);
  if (!pool) {
    // Of a socket, undici uses what every duplex stream has, and not before it has returned.
    const connect: buildConnector.connector = (_, done) =>
      queueMicrotask(() => {
        let socket: Duplex;
        try {
          socket = openSocket();
        } catch (error) {
          return done(error instanceof Error ? error : new Error(String(error)), null);
        }
        done(null, socket as Socket);
      });
    pool = new Agent({ headersTimeout: 0, bodyTimeout: idleMs, keepAliveTimeout, connect });
    localPools.set(openSocket, pool);
  }
  return pool;
}

/**
 * From now on certificates of the operating system's store count too. Not from the start, since reading that store
 * can stop the whole extension host for a second, and who offers a public API has a public certificate; networks that
 * open TLS on the way have their own. False when this Node can't read it (before 22.15).
 */
export function trustSystemStore(): boolean {
  if (typeof tls.getCACertificates !== 'function') return false;
  systemStore ??= tls.getCACertificates('system');
  return true;
}

/** Whether the system's store counts already. */
export function trustsSystemStore(): boolean {
  return systemStore !== undefined;
}

/** Without any option Node's own certificates count, with those of NODE_EXTRA_CA_CERTS. */
function trust(strictSsl: boolean, extraCertificates: readonly string[]): tls.ConnectionOptions {
  if (!strictSsl) return { rejectUnauthorized: false };
  if (!systemStore && extraCertificates.length === 0) return {};
  const own =
    typeof tls.getCACertificates === 'function' ? tls.getCACertificates('default') : tls.rootCertificates;
  const ca = [...own, ...(systemStore ?? []), ...extraCertificates];
  // The context saves reading all certificates anew for every connection. `ca` beside it tells VS Code's patch of
  // `tls.connect`, which adds to contexts, that there is nothing to add.
  return { ca, secureContext: tls.createSecureContext({ ca }) };
}

interface ProxyRoute {
  url: string;
  authorization: string | undefined;
}

function createDispatcher(
  { connectMs, idleMs }: Pick<Required<Timeouts>, 'connectMs' | 'idleMs'>,
  connect: buildConnector.BuildOptions,
  proxy: ProxyRoute | undefined,
): Dispatcher {
  // undici's own limit on headers begins anew with each provisional answer (1xx): `sendRequest` keeps the deadline instead.
  const limits = { headersTimeout: 0, bodyTimeout: idleMs, keepAliveTimeout };
  if (!proxy) return new Agent({ ...limits, connect });
  return new ProxyAgent({
    ...limits,
    uri: proxy.url,
    token: proxy.authorization,
    proxyTls: connect,
    requestTls: connect,
    // The answer to CONNECT belongs to connecting, so the limit on connecting holds for it.
    clientFactory: (origin, options) =>
      new ProxyPool(origin, { ...options, headersTimeout: connectMs, keepAliveTimeout }),
  });
}

/** Opens tunnels, and says why not. */
class ProxyPool extends Pool {
  override async connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
    const answer = await super.connect(options).catch((error: unknown) => {
      // These two undici takes for a server that closed an idle connection, and would try again for ever.
      if (!/^UND_ERR_(SOCKET|INFO)$/.test(errorCode(error) ?? '')) throw error;
      throw new ProxyFault('proxy-refused', 'The proxy closed the connection.', { cause: error });
    });
    const status = answer.statusCode;
    if (status === 200) return answer;
    answer.socket.on('error', () => {}).destroy();
    throw status === 407
      ? new ProxyFault('proxy-authentication', 'The proxy wants to know who asks (407).', { status })
      : new ProxyFault('proxy-refused', `The proxy opened no way to the service (${status}).`, { status });
  }
}

/** `http://host:port` of a proxy, without user and password. Throws a `ProxyFault` for an address that can't be used. */
export function readProxyAddress(address: string): string {
  return readProxy(address, undefined).url;
}

/** User and password move from the URL into the header, so that no error message can show them. */
function readProxy(address: string, authorization: string | undefined): ProxyRoute {
  const text = /^[a-z][\w+.-]*:\/\//i.test(address.trim()) ? address.trim() : `http://${address.trim()}`;
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    const scheme = url ? ` (${url.protocol}//)` : '';
    throw new ProxyFault('proxy-address', `The proxy's address is not one of an HTTP proxy${scheme}.`);
  }
  const { username, password } = url;
  const credentials =
    username || password
      ? `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')}`
      : undefined;
  return { url: url.origin, authorization: authorization?.trim() || credentials };
}

/** A password may hold a percent sign that was never meant as an escape. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
