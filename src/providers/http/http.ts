/** Sends one HTTP request without following redirects, and classifies transport errors. */

import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { ChatError } from '../../llm/chatError.ts';
import type { StreamPart } from '../../llm/chatModel.ts';
import type { ObservedRequest } from '../../llm/exchangeObserver.ts';
import { JsonLimitError } from '../sse/json.ts';
import { dispatcherFor, type Route, timeoutsOf, trustSystemStore, trustsSystemStore } from './dispatchers.ts';
import { isUnknownIssuer, readNetworkFault } from './networkFaults.ts';
import { checkPlainHttp } from './plainHttp.ts';

export interface HttpRequest {
  url: string;
  /** Default `POST`. */
  method?: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Default `answer`. */
  purpose?: 'token';
}

export interface HttpResponse {
  status: number;
  /** Lower-case names; of repeated headers the first. */
  headers: ReadonlyMap<string, string>;
  /** When the request was sent, in milliseconds since the epoch: after any question to the user. */
  sentAt: number;
  /** Decompressed as data arrives. */
  body: NodeJS.ReadableStream & { destroy(): void };
  /** Ends the exchange so that the connection can be reused; closes it if the server keeps sending. */
  release(): void;
}

/** Receives the events of an exchange. Exists only while an observer is set. */
export interface ExchangeReporter {
  request(sent: HttpRequest, purpose: ObservedRequest['purpose']): void;
  response(status: number, headers: ReadonlyMap<string, string>): void;
  data(text: string): void;
  /** The body of a token response, with tokens masked; masked completely where it is not readable. */
  tokenData(text: string): void;
  part(part: StreamPart): void;
  failure(failure: ChatError): void;
  wait(wait: { attempt: number; delayMs: number }): void;
  end(failure?: ChatError): void;
}

export interface SendOptions extends Route {
  providerId: string;
  signal: AbortSignal;
  /** Set only with an observer. */
  reporter?: ExchangeReporter;
}

/** How much, and how long, a finished exchange may still send before its connection is closed. */
const rest = { bytes: 65_536, ms: 1000 };

/**
 * Resolves with the response's headers. Throws a `ChatError`, see `toChatError` and `checkPlainHttp`. Every request
 * goes through this function.
 */
export async function sendRequest(request: HttpRequest, options: SendOptions): Promise<HttpResponse> {
  const { reporter } = options;
  const headers = { 'user-agent': options.network?.userAgent ?? 'Qiao', ...request.headers };
  const outgoing = { ...request, headers };
  let response: Dispatcher.ResponseData;
  let sentAt = Date.now();
  try {
    await checkPlainHttp(outgoing, options);
    sentAt = Date.now();
    reporter?.request(outgoing, outgoing.purpose ?? 'answer');
    response = await exchange(outgoing, options);
  } catch (error) {
    throw toChatError(error, options);
  }
  const received = new Map<string, string>();
  for (const [name, value] of Object.entries(response.headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) received.set(name.toLowerCase(), first);
  }
  reporter?.response(response.statusCode, received);
  // Without a listener an error of the raw body, e.g. after an abort, would end the process.
  response.body.on('error', () => {});
  return {
    status: response.statusCode,
    headers: received,
    sentAt,
    body: decompress(response.body, received.get('content-encoding')?.trim().toLowerCase()),
    release: () => drain(response.body),
  };
}

/** Provisional answers (1xx) before the final one; servers send one or two. */
const maxProvisional = 100;

/** Sends with one deadline for the final headers, including all provisional ones. */
async function exchange(outgoing: HttpRequest, options: SendOptions): Promise<Dispatcher.ResponseData> {
  const { providerId } = options;
  const { firstByteMs } = timeoutsOf(options.timeouts);
  const giveUp = new AbortController();
  const deadline = setTimeout(() => {
    const message = `The headers of an answer did not come within ${firstByteMs} ms.`;
    giveUp.abort(new ChatError({ kind: 'timeout', providerId, message }));
  }, firstByteMs);
  let provisional = 0;
  const onInfo = (): void => {
    if (++provisional <= maxProvisional) return;
    const message = `The server sent ${maxProvisional} provisional answers and no final one.`;
    giveUp.abort(new ChatError({ kind: 'protocol', providerId, message }));
  };
  const signal = AbortSignal.any([options.signal, giveUp.signal]);
  try {
    return await sendWithSystemCertificates(outgoing, { ...options, signal, onInfo });
  } finally {
    clearTimeout(deadline);
  }
}

interface DispatchOptions extends SendOptions {
  /** Called for each provisional answer. */
  onInfo(): void;
}

/** An unknown issuer ends the attempt before anything is sent: try again with the system's certificates. */
async function sendWithSystemCertificates(
  outgoing: HttpRequest,
  options: DispatchOptions,
): Promise<Dispatcher.ResponseData> {
  const tried = trustsSystemStore();
  try {
    return await attempt(outgoing, options);
  } catch (error) {
    if (!isUnknownIssuer(error) || tried || !trustSystemStore()) throw error;
    return attempt(outgoing, options);
  }
}

/** undici ends an aborted request only after its connection has opened or failed; this rejects at once. */
function attempt(outgoing: HttpRequest, options: DispatchOptions): Promise<Dispatcher.ResponseData> {
  const { url, method = 'POST', headers, body } = outgoing;
  const { signal, onInfo } = options;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const dispatcher = dispatcherFor(url, options);
    const stop = (): void => reject(signal.reason);
    const done = (): void => signal.removeEventListener('abort', stop);
    signal.addEventListener('abort', stop);
    const { origin, pathname, search } = new URL(url);
    const path = `${pathname}${search}`;
    dispatcher
      .request({ origin, path, method, headers, body, signal, onInfo })
      .then(resolve, reject)
      .finally(done);
  });
}

/** Reads the rest of a body, within limits. undici's own `dump` counts what was read before. */
function drain(body: Dispatcher.ResponseData['body']): void {
  if (body.closed) return;
  let bytes = 0;
  const timer = setTimeout(() => body.destroy(), rest.ms).unref();
  body.once('close', () => clearTimeout(timer));
  body.on('data', (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > rest.bytes) body.destroy();
  });
  body.resume();
}

/**
 * Classifies an exchange's error: `aborted` by the user, `timeout` for our limits, `protocol` for invalid HTTP,
 * `invalid-request` for invalid headers or addresses, `network` for the network, certificates and the proxy (the code
 * tells which), `unexpected` for an exception in Qiao.
 */
export function toChatError(error: unknown, { providerId, signal }: SendOptions): ChatError {
  if (error instanceof ChatError) return error;
  if (signal.aborted) return new ChatError({ kind: 'aborted', providerId, message: 'Stopped.' });
  if (error instanceof JsonLimitError) return toReadingError(error, providerId);
  return new ChatError({ ...readNetworkFault(error), providerId, cause: error });
}

/** Classifies an exception while reading: the data was invalid, the network was fine. */
export function toReadingError(error: unknown, providerId: string): ChatError {
  if (error instanceof ChatError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof JsonLimitError ? error.code : undefined;
  return new ChatError({ kind: 'protocol', providerId, message, code, cause: error });
}

/** Flushes after every chunk, so that compressed streams still stream. */
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
