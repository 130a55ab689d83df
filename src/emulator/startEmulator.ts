/** Creates the stand-in for the platforms: on loopback, or inside this process without a port. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import { demoStep } from './demoAnswer.ts';
import type { Emulator, EmulatorOptions } from './emulator.ts';
import { createExchange, type Exchange } from './exchange.ts';
import { hasLocalHost, hasOwnOrigin } from './localRequest.ts';
import { playStep } from './playStep.ts';
import { createTokenStore } from './qianfan/tokenStore.ts';
import { recordRequest, shortenImages } from './recordedRequest.ts';
import { createRequestLog } from './requestLog.ts';
import { createScriptQueue } from './scriptQueue.ts';
import type { ScriptStep } from './scriptStep.ts';
import type { CheckResult } from './wire.ts';
import { wires } from './wires.ts';

/** Resolves when it listens; rejects with Node's error when the port is taken. The caller disposes it. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = createEmulator(options);
  return Object.assign(emulator, { origin: await emulator.listen(options.port ?? 0) });
}

/** An emulator that is reached from this process only, until it listens. */
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

  /** Checks the request at once, so that it is recorded with its warnings; gives what answers it. */
  function decide(exchange: Exchange): () => Promise<void> {
    const { record } = exchange;
    const path = stripPrefix(record.path, options.pathPrefix ?? '');
    const wire = wires.find((candidate) => candidate.serves(path)) ?? wires[0];
    const check: CheckResult = wire.check({ ...record, path }, { models: 'any', ...options, tokens });
    const accepted = check.type === 'accepted' ? check.accepted : undefined;
    record.model ??= accepted?.model;
    const stream = wire.wantsStream(record);
    const step = queue.find(record, stream, wire.aside);
    const unchecked = typeof step === 'object' && step.unchecked === true;
    const onHeld = () => reportHold(exchange);
    if (check.type === 'refused' && !unchecked) {
      record.refusal = check.refusal;
      const framing = stream ? (options.streamErrorFraming ?? 'json') : 'json';
      return () => playStep({ exchange, wire, onHeld, step: { error: { ...check.refusal, framing } } });
    }
    if (step !== undefined) {
      queue.use(step);
    }
    const reply = check.type === 'reply' ? check.body : undefined;
    return async () => {
      const chosen = typeof step === 'function' ? await step(record, exchange.response) : (step ?? {});
      if (chosen !== undefined) {
        const played =
          accepted !== undefined && saysNothing(chosen) ? demoStep(chosen, accepted, options.pace) : chosen;
        await playStep({ exchange, wire, accepted, reply, onHeld, step: played });
      }
    };
  }

  function reportHold(exchange: Exchange): void {
    held.add(exchange);
    for (const resolve of holdWaiters.splice(0)) {
      resolve(exchange);
    }
  }

  return {
    async listen(port) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      });
      return `http://127.0.0.1:${portOf(server.address())}`;
    },
    connect() {
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

/** Whether the step leaves it to the emulator what is said. */
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
