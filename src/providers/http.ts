/** One HTTP exchange: sends a request, follows no redirect, keeps connections, and names what went wrong. */

import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, type Dispatcher, request } from 'undici';
import { ChatError } from '../core/chatError.ts';
import type { Timeouts } from './connection.ts';

export interface HttpRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface HttpResponse {
  status: number;
  /** Lower-case names; of repeated headers the first. */
  headers: ReadonlyMap<string, string>;
  /** Decompressed as pieces arrive. */
  body: NodeJS.ReadableStream & { destroy(): void };
  /** Ends the exchange so that the connection can serve the next one; closes it when the server keeps talking. */
  release(): void;
}

export interface SendOptions {
  providerId: string;
  timeouts: Timeouts | undefined;
  signal: AbortSignal;
}

const defaultTimeouts = { connectMs: 15_000, firstByteMs: 300_000, idleMs: 300_000 };
const agents = new Map<string, Agent>();

/** Resolves when the response's headers are there. Throws a `ChatError` (`network`, `timeout`, `aborted`). */
export async function sendRequest(outgoing: HttpRequest, options: SendOptions): Promise<HttpResponse> {
  let response: Dispatcher.ResponseData;
  try {
    response = await request(outgoing.url, {
      method: 'POST',
      headers: outgoing.headers,
      body: outgoing.body,
      signal: options.signal,
      dispatcher: agentFor(options.timeouts),
    });
  } catch (error) {
    throw toChatError(error, options);
  }
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(response.headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) headers.set(name.toLowerCase(), first);
  }
  // Without a listener an error of the raw body, e.g. after an abort, would end the process.
  response.body.on('error', () => {});
  return {
    status: response.statusCode,
    headers,
    body: decompress(response.body, headers.get('content-encoding')),
    release: () => {
      response.body.dump({ limit: 65_536, signal: AbortSignal.timeout(1000) }).catch(() => {});
    },
  };
}

/** What a failed socket means: a limit of ours, the user's own stop, or the network. */
export function toChatError(error: unknown, { providerId, signal }: SendOptions): ChatError {
  if (error instanceof ChatError) return error;
  if (signal.aborted) return new ChatError({ kind: 'aborted', providerId, message: 'Stopped.' });
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : String(error);
  const timeouts = [
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'ETIMEDOUT',
  ];
  const kind = code !== undefined && timeouts.includes(code) ? 'timeout' : 'network';
  return new ChatError({
    kind,
    providerId,
    message: code ? `${message} (${code})` : message,
    code,
    cause: error,
  });
}

function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? errorCode(error.cause) : undefined;
}

/** One pool for each set of limits, so that turns share connections. Idle sockets keep no process alive. */
function agentFor(timeouts: Timeouts = {}): Agent {
  const { connectMs, firstByteMs, idleMs } = { ...defaultTimeouts, ...timeouts };
  const key = `${connectMs} ${firstByteMs} ${idleMs}`;
  let agent = agents.get(key);
  if (!agent) {
    agent = new Agent({
      connect: { timeout: connectMs },
      headersTimeout: firstByteMs,
      bodyTimeout: idleMs,
      keepAliveTimeout: 30_000,
    });
    agents.set(key, agent);
  }
  return agent;
}

/** Flushes after every piece, so that a compressed stream still streams. */
function decompress(
  body: Dispatcher.ResponseData['body'],
  encoding: string | undefined,
): HttpResponse['body'] {
  const zlibFlush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
  const brotliFlush = {
    flush: constants.BROTLI_OPERATION_FLUSH,
    finishFlush: constants.BROTLI_OPERATION_FLUSH,
  };
  const decoder =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip(zlibFlush)
      : encoding === 'deflate'
        ? createInflate(zlibFlush)
        : encoding === 'br'
          ? createBrotliDecompress(brotliFlush)
          : undefined;
  if (!decoder) return body;
  body.on('error', (error) => decoder.destroy(error));
  decoder.on('close', () => body.destroy());
  return body.pipe(decoder);
}
