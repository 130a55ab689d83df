/** Creates an emulator of the platforms: on loopback, or inside this process without a port. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import { dashScopeEndpoint } from './dashScope/dashScopeEndpoint.ts';
import { demoStep } from './demoAnswer.ts';
import type { Emulator, EmulatorOptions } from './emulator.ts';
import type { CheckResult, Endpoint } from './endpoint.ts';
import { createExchange, type Exchange } from './exchange.ts';
import { hasLocalHost, hasOwnOrigin } from './localRequest.ts';
import { dashScopeCompatible } from './openai/dashScopeCompatible.ts';
import { createChatEndpoint, createModelListEndpoint } from './openai/endpoints.ts';
import { generic } from './openai/generic.ts';
import { qianfanV2 } from './openai/qianfanV2.ts';
import { playStep } from './playStep.ts';
import { qianfanChatEndpoint } from './qianfan/chatEndpoint.ts';
import { qianfanTokenEndpoint } from './qianfan/tokenEndpoint.ts';
import { createTokenStore } from './qianfan/tokenStore.ts';
import { createRequestLog, recordRequest, shortenImages } from './recordedRequest.ts';
import { createScriptQueue } from './scriptQueue.ts';
import type { ScriptStep } from './scriptStep.ts';

/** The first that serves the path answers. `dashScopeEndpoint` also answers paths that none serves. */
const endpoints: readonly [Endpoint, ...Endpoint[]] = [
  dashScopeEndpoint,
  qianfanTokenEndpoint,
  qianfanChatEndpoint,
  ...[dashScopeCompatible, qianfanV2, generic].flatMap((dialect) => [
    createChatEndpoint(dialect),
    createModelListEndpoint(dialect),
  ]),
];

/** Resolves when it listens; rejects with Node's error when the port is taken. The caller disposes it. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = createEmulator(options);
  return Object.assign(emulator, { origin: await emulator.listen(options.port ?? 0) });
}

/** An emulator that only this process can reach until it listens. */
export interface LocalEmulator extends Omit<Emulator, 'origin'> {
  /** Opens a connection without a port: one end of a pair of streams that carry HTTP/1.1. The caller closes it. */
  connect(): Duplex;
  /** Resolves with the origin when the emulator listens on this port of 127.0.0.1 (0: any that is free). */
  listen(port: number): Promise<string>;
}

/**
 * The caller disposes the emulator. It refuses, and does not record, what comes from pages of other servers: they would
 * take the steps that wait for Qiao, and fill the record.
 */
export function createEmulator(options: EmulatorOptions = {}): LocalEmulator {
  const queue = createScriptQueue();
  queue.add(options.script ?? []);
  const log = createRequestLog();
  const tokens = createTokenStore(options.accessTokens);
  const running = new Set<Exchange>();
  const held = new Set<Exchange>();
  const holdWaiters: ((exchange: Exchange) => void)[] = [];
  const sockets = new Set<Duplex>();

  const server = createServer((incoming, response) => {
    if (!hasLocalHost(incoming.headers) || !hasOwnOrigin(incoming.headers)) {
      response
        .writeHead(403, { connection: 'close' })
        .end('The emulator serves programs on this machine only.\n');
      return;
    }
    receive(incoming, response).catch((error: unknown) => response.destroy(toError(error)));
  });
  server.on('clientError', (_error, socket) => socket.destroy());

  async function receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const ended = new Promise<void>((resolve) => response.on('close', resolve));
    const record = await recordRequest(incoming, ended);
    const exchange = createExchange(record, response);
    running.add(exchange);
    exchange.signal.addEventListener('abort', () => {
      running.delete(exchange);
      held.delete(exchange);
    });
    const respond = decide(exchange);
    shortenImages(record);
    log.add(record);
    options.onRequest?.(record);
    await respond();
  }

  /** Checks the request now, so that it is recorded with its warnings. The returned function answers it. */
  function decide(exchange: Exchange): () => Promise<void> {
    const { record } = exchange;
    const path = stripPrefix(record.path, options.pathPrefix ?? '');
    const endpoint = endpoints.find((candidate) => candidate.serves(path)) ?? endpoints[0];
    const check: CheckResult = endpoint.check({ ...record, path }, { models: 'any', ...options, tokens });
    const accepted = 'model' in check ? check : undefined;
    record.model ??= accepted?.model;
    const stream = endpoint.wantsStream(record);
    const step = queue.find(record, stream, endpoint.auxiliary);
    const unchecked = typeof step === 'object' && step.unchecked === true;
    const onHeld = () => reportHold(exchange);
    if ('code' in check && !unchecked) {
      record.refusal = check;
      const framing = stream ? (options.streamErrorFraming ?? 'json') : 'json';
      return () => playStep({ exchange, endpoint, onHeld, step: { error: { ...check, framing } } });
    }
    if (step !== undefined) {
      queue.use(step);
    }
    const reply = 'reply' in check ? check.reply : undefined;
    return async () => {
      const chosen = typeof step === 'function' ? await step(record, exchange.response) : (step ?? {});
      if (chosen !== undefined) {
        const played =
          accepted !== undefined && saysNothing(chosen) ? demoStep(chosen, accepted, options.pace) : chosen;
        await playStep({ exchange, endpoint, accepted, reply, onHeld, step: played });
      }
    };
  }

  function reportHold(exchange: Exchange): void {
    held.add(exchange);
    for (const resolve of holdWaiters.splice(0)) {
      resolve(exchange);
    }
  }

  let isDisposed = false;

  return {
    async listen(port) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      });
      return `http://127.0.0.1:${portOf(server.address())}`;
    },
    connect() {
      if (isDisposed) throw new Error('The emulator has been disposed.');
      const [client, own] = duplexPair();
      // As with TCP: the client still reads what was sent before the end, and the server hears of a client that leaves.
      own.on('close', () => client.push(null));
      client.on('close', () => own.destroy());
      sockets.add(own.on('close', () => sockets.delete(own)));
      server.emit('connection', own);
      return client;
    },
    requests: log.requests,
    get pendingSteps() {
      return queue.pending;
    },
    script: (...steps) => queue.add(steps),
    expireTokens: () => tokens.endAll('expired'),
    revokeTokens: () => tokens.endAll('unknown'),
    release() {
      held.clear();
      for (const exchange of running) {
        exchange.gate.release();
      }
    },
    async nextHold() {
      const [exchange = await new Promise<Exchange>((resolve) => holdWaiters.push(resolve))] = held;
      return exchange.record;
    },
    nextRequest: () => log.at(log.requests.length),
    request: (index) => log.at(index),
    async dispose() {
      isDisposed = true;
      for (const exchange of running) {
        exchange.markEnded();
      }
      for (const socket of sockets) {
        socket.destroy();
      }
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Whether the step has no content of its own, so that the demo answer is sent. */
function saysNothing(step: ScriptStep): boolean {
  return (
    step.text === undefined &&
    step.pieces === undefined &&
    step.snapshots === undefined &&
    step.toolCalls === undefined &&
    step.response === undefined
  );
}

function stripPrefix(path: string, prefix: string): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
