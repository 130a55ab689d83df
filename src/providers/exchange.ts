/** From request to stream parts, the same for every protocol: send, tell stream from JSON from web page, clean up. */

import { ChatError, type ClientErrorCode } from '../core/chatError.ts';
import type { ChatRequest, StreamPart } from '../core/chatModel.ts';
import { withAttempts } from './attempts.ts';
import { type HttpResponse, type SendOptions, sendRequest, toChatError } from './http.ts';
import { parseJson } from './json.ts';
import { PartQueue } from './partQueue.ts';
import { createServerEventReader } from './serverEvents.ts';
import type { AnswerDecoder, Wire } from './wire.ts';

/** UTF-16 units: one event of a stream, a JSON answer, the body of an error. */
const limits = { event: 8 * 2 ** 20, whole: 32 * 2 ** 20, failure: 64 * 2 ** 10 };
/** Parts that may wait for a slow reader before the socket is told to wait. */
const maxBacklog = 1024;

export function streamAnswer(
  wire: Wire,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncIterable<StreamPart> {
  return {
    [Symbol.asyncIterator]() {
      const leave = new AbortController();
      const queue = new PartQueue(() => leave.abort());
      const options: SendOptions = {
        providerId: wire.providerId,
        timeouts: wire.timeouts,
        network: wire.network,
        signal: AbortSignal.any([signal, leave.signal]),
      };
      const toFailure = (error: unknown): ChatError =>
        withoutSecrets(toChatError(error, options), wire.secrets);
      const attempts = withAttempts(() => runExchange(wire, request, options, queue), {
        retry: wire.retry,
        signal: options.signal,
        hasStarted: () => queue.started,
        recover: (failure) => wire.recover?.(failure) ?? false,
        toChatError: toFailure,
      });
      attempts.then(
        () => queue.end(),
        (error) => queue.end(toFailure(error)),
      );
      return queue;
    },
  };
}

async function runExchange(
  wire: Wire,
  request: ChatRequest,
  options: SendOptions,
  queue: PartQueue,
): Promise<void> {
  options.signal.throwIfAborted();
  const outgoing = await wire.prepare(request, options);
  const response = await sendRequest(outgoing, options);
  if (response.status >= 300) throw await readFailure(wire, response, options);

  const decoder = wire.createDecoder(request, (part) => queue.push(part));
  const reader = createBodyReader(wire, response, decoder, queue);
  try {
    await readBody(response, options, queue, reader);
  } finally {
    decoder.flush();
  }
  if (queue.finished) {
    response.release();
    return;
  }
  const { providerId } = wire;
  const requestId = decoder.requestId ?? requestIdOf(response);
  const { status } = response;
  if (reader.sawContent) {
    const message = 'The connection ended before the answer was complete.';
    throw new ChatError({ kind: 'interrupted', providerId, message, status, requestId });
  }
  const message = 'The service sent an empty answer.';
  const code: ClientErrorCode = 'empty-answer';
  throw new ChatError({ kind: 'interrupted', providerId, message, status, requestId, code });
}

interface BodyReader {
  feed(text: string): void;
  end(): void;
  readonly sawContent: boolean;
}

/** Decodes bytes as they arrive; resolves at the end of the body, or as soon as the answer is finished. */
function readBody(
  response: HttpResponse,
  options: SendOptions,
  queue: PartQueue,
  reader: BodyReader,
): Promise<void> {
  const { body } = response;
  const utf8 = new TextDecoder();
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      body.removeListener('data', onData);
      act();
    };
    const read = (act: () => void): void => {
      try {
        act();
        if (queue.finished) settle(resolve);
      } catch (error) {
        settle(() => {
          reject(error);
          body.destroy();
        });
      }
    };
    const onData = (chunk: Uint8Array): void => {
      read(() => reader.feed(utf8.decode(chunk, { stream: true })));
      if (queue.backlog > maxBacklog) {
        body.pause();
        queue.onDrain = () => body.resume();
      }
    };
    body.on('data', onData);
    body.on('end', () => {
      read(() => {
        reader.feed(utf8.decode());
        reader.end();
      });
      settle(resolve);
    });
    body.on('error', (error) => settle(() => reject(toChatError(error, options))));
    body.on('close', () =>
      settle(() => reject(toChatError(new Error('The connection was closed.'), options))),
    );
  });
}

/**
 * Decides by the first character what the body is, since labels lie: a brace begins JSON, an angle bracket a web
 * page, anything else an event stream.
 */
function createBodyReader(
  wire: Wire,
  response: HttpResponse,
  decoder: AnswerDecoder,
  queue: PartQueue,
): BodyReader {
  const { providerId } = wire;
  const tooLarge = (): never => {
    const message = 'The service sent more in one piece than Qiao accepts.';
    throw new ChatError({
      kind: 'protocol',
      providerId,
      message,
      code: 'too-large' satisfies ClientErrorCode,
    });
  };
  const events = createServerEventReader({
    maxEventLength: limits.event,
    onEvent: (event) => {
      if (!queue.finished) readLinewise(event, decoder, ended);
    },
    onTooLarge: tooLarge,
  });
  let form: 'unknown' | 'events' | 'json' = 'unknown';
  let ended = false;
  let sawContent = false;
  const pieces: string[] = [];
  let length = 0;

  return {
    get sawContent() {
      return sawContent;
    },
    feed(text) {
      if (form === 'unknown') {
        const first = /\S/.exec(text)?.[0];
        if (first === undefined) return;
        sawContent = true;
        if (first === '<') throw htmlError(providerId, response);
        form = first === '{' ? 'json' : 'events';
      }
      if (form === 'events') {
        events.feed(text);
      } else {
        length += text.length;
        if (length > limits.whole) tooLarge();
        pieces.push(text);
      }
    },
    end() {
      ended = true;
      if (form === 'json') {
        const body = pieces.join('');
        const value = parseJson(body);
        if (value !== undefined) decoder.readWhole(value);
        else events.feed(body);
      }
      events.end();
    },
  };
}

/** Some services leave out the blank line between events: then every line is a whole JSON value of its own. */
function readLinewise(
  event: Parameters<AnswerDecoder['readEvent']>[0],
  decoder: AnswerDecoder,
  ended: boolean,
): void {
  const lines =
    event.data.includes('\n') && parseJson(event.data) === undefined ? event.data.split('\n') : [event.data];
  for (const line of lines) {
    // The connection ended inside this event: that is an interruption, not bad bytes.
    if (ended && line.trimStart().startsWith('{') && parseJson(line) === undefined) return;
    decoder.readEvent({ ...event, data: line });
  }
}

async function readFailure(wire: Wire, response: HttpResponse, options: SendOptions): Promise<ChatError> {
  const { providerId } = wire;
  const { status } = response;
  const location = response.headers.get('location');
  if (status < 400) {
    response.body.destroy();
    const message = `The service wants the request to go elsewhere${location ? ` (${originOf(location)})` : ''}; Qiao sends no key there.`;
    return new ChatError({
      kind: 'protocol',
      providerId,
      message,
      status,
      code: 'redirect' satisfies ClientErrorCode,
    });
  }
  const body = await readText(response, options);
  if (/^\s*</.test(body)) return htmlError(providerId, response);
  const failure = wire.readFailure(status, body, response.headers);
  return new ChatError({
    ...fieldsOf(failure),
    requestId: failure.requestId ?? requestIdOf(response),
    retryAfterMs: retryAfter(response.headers.get('retry-after')),
  });
}

/** The body of an error, up to the cap; what came before a broken connection is enough. */
export async function readText(response: HttpResponse, options: SendOptions): Promise<string> {
  const utf8 = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body) {
      text += typeof chunk === 'string' ? chunk : utf8.decode(chunk, { stream: true });
      if (text.length > limits.failure) break;
    }
  } catch (error) {
    const failure = toChatError(error, options);
    if (failure.kind === 'aborted') throw failure;
  }
  return text.slice(0, limits.failure);
}

function htmlError(providerId: string, response: HttpResponse): ChatError {
  const { status } = response;
  const type = response.headers.get('content-type') ?? 'no content type';
  return new ChatError({
    kind: status >= 500 ? 'unavailable' : 'protocol',
    providerId,
    message: `A web page came instead of an answer (status ${status}, ${type}).`,
    status,
    code: 'html-answer' satisfies ClientErrorCode,
  });
}

function requestIdOf(response: HttpResponse): string | undefined {
  return response.headers.get('x-request-id') ?? response.headers.get('x-dashscope-request-id');
}

/** Seconds or an HTTP date, as milliseconds from now. */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

function originOf(location: string): string {
  return URL.canParse(location) ? new URL(location).origin : 'another path';
}

function withoutSecrets(error: ChatError, secrets: readonly string[]): ChatError {
  const hidden = secrets.filter((secret) => secret.length >= 4 && error.message.includes(secret));
  if (hidden.length === 0) return error;
  const message = hidden.reduce((text, secret) => text.replaceAll(secret, '***'), error.message);
  return new ChatError({ ...fieldsOf(error), message });
}

function fieldsOf({
  kind,
  providerId,
  message,
  status,
  code,
  requestId,
  retryAfterMs,
}: ChatError): ConstructorParameters<typeof ChatError>[0] {
  return { kind, providerId, message, status, code, requestId, retryAfterMs };
}
