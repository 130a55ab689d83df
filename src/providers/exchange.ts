/** From request to stream parts, the same for every protocol: send, read, clean up, and name what went wrong. */

import { ChatError, type ClientErrorCode } from '../core/chatError.ts';
import type { ChatRequest, FinishPart, StreamPart } from '../core/chatModel.ts';
import { type RateLimits, readRateLimits } from '../core/rateLimits.ts';
import { createAnswerMeter } from './answerMeter.ts';
import { withAttempts } from './attempts.ts';
import { createBodyReader, readBody } from './body.ts';
import type { RetryOptions } from './connection.ts';
import { completeFailure, longestWord, readFailure, withoutSecrets } from './failures.ts';
import {
  type HttpRequest,
  type HttpResponse,
  type SendOptions,
  sendRequest,
  toChatError,
  toReadingError,
} from './http.ts';
import { createWitness, type Witness } from './observe.ts';
import { createPartFilter } from './partFilter.ts';
import { PartQueue } from './partQueue.ts';
import { type RawRequest, toDecoderRequest } from './rawRequest.ts';
import type { SecretSet } from './secretSet.ts';
import { followSecrets, secretsOfNetwork, secretsOfRequest } from './secrets.ts';
import type { Wire } from './wire.ts';

export function streamAnswer(
  wire: Wire,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncIterable<StreamPart> {
  return stream({ wire, request, signal, prepare: (options) => wire.prepare(request, options) });
}

/** Sends a body that is there already. */
export function streamRaw(wire: Wire, raw: RawRequest, signal: AbortSignal): AsyncIterable<StreamPart> {
  const request = toDecoderRequest(raw);
  return stream({ wire, request, signal, prepare: (options) => wire.prepareRaw(raw, options) });
}

interface StreamOptions {
  wire: Wire;
  request: ChatRequest;
  signal: AbortSignal;
  prepare(options: SendOptions): HttpRequest | Promise<HttpRequest>;
}

function stream({ wire, request, signal, prepare }: StreamOptions): AsyncIterable<StreamPart> {
  return {
    [Symbol.asyncIterator]() {
      const leave = new AbortController();
      const queue = new PartQueue(() => leave.abort());
      let sent: HttpRequest | undefined;
      const ofNetwork = secretsOfNetwork(wire.network);
      const secrets = followSecrets(() => [
        ...wire.secrets,
        ...ofNetwork,
        ...(sent ? secretsOfRequest(sent) : []),
      ]);
      const options: SendOptions = {
        providerId: wire.providerId,
        timeouts: wire.timeouts,
        network: wire.network,
        signal: AbortSignal.any([signal, leave.signal]),
        witness: wire.observer && createWitness(wire.observer, secrets),
      };
      const { witness } = options;
      const toFailure = (error: unknown): ChatError => withoutSecrets(toChatError(error, options), secrets());
      const run = async (): Promise<void> => {
        options.signal.throwIfAborted();
        sent = undefined;
        try {
          sent = await prepare(options);
          const response = await sendRequest(sent, options);
          if (response.status >= 300) throw await readFailure(wire, response, options);
          await readAnswer({ wire, request, options, queue, response, secrets: secrets() });
        } catch (error) {
          witness?.failure(toFailure(error));
          throw error;
        }
      };
      const attempts = withAttempts(run, {
        retry: witness ? watchWaits(wire.retry, witness) : wire.retry,
        signal: options.signal,
        hasStarted: () => queue.started,
        recover: (failure) => (sent && wire.recover?.(failure, sent)) ?? false,
        toChatError: toFailure,
      });
      attempts.then(
        () => {
          witness?.end();
          queue.end();
        },
        (error) => {
          const failure = toFailure(error);
          witness?.end(failure);
          queue.end(failure);
        },
      );
      return queue;
    },
  };
}

function watchWaits(retry: RetryOptions | undefined, witness: Witness): RetryOptions {
  return {
    ...retry,
    onWait(wait) {
      witness.wait({ attempt: wait.attempt, delayMs: wait.delayMs });
      retry?.onWait?.(wait);
    },
  };
}

export interface AnswerReading {
  wire: Wire;
  request: ChatRequest;
  options: SendOptions;
  queue: PartQueue;
  secrets: SecretSet;
  response: HttpResponse;
}

/** Reads the answer into the queue, up to its `finish`. Throws a `ChatError` when it comes to another end. */
export async function readAnswer(reading: AnswerReading): Promise<void> {
  const { wire, request, options, queue, response, secrets } = reading;
  const { witness } = options;
  const rateLimits = readRateLimits(response.headers);
  const filter = createPartFilter(secrets, (part) => {
    const whole = part.type === 'finish' ? completeFinish(part, rateLimits) : part;
    witness?.part(whole);
    queue.push(whole);
  });
  const meter = createAnswerMeter(wire.providerId, wire.limits);
  const emit = (part: StreamPart): void => {
    const admitted = meter.admit(part);
    if (admitted) filter.push(admitted);
  };
  const decoder = wire.createDecoder(request, emit);
  const reader = createBodyReader({ wire, response, decoder, queue, meter });
  let failure: unknown;
  try {
    await readBody({ response, options, queue, reader, meter });
  } catch (error) {
    failure = error;
  }
  try {
    decoder.flush();
  } catch (error) {
    failure ??= toReadingError(error, wire.providerId);
  }
  filter.end();
  failure ??= meter.failure;
  if (queue.finished) return response.release();
  failure ??= explainEnd(wire, reader.form, reader.head, decoder.requestId);
  throw completeFailure(toChatError(failure, options), response);
}

/** With what the headers said, and without words of the service that are no words: they are kept with the answer. */
function completeFinish(part: FinishPart, rateLimits: RateLimits | undefined): FinishPart {
  return {
    ...part,
    rawReason: part.rawReason?.slice(0, longestWord),
    requestId: part.requestId?.slice(0, longestWord),
    ...(rateLimits ? { rateLimits } : {}),
  };
}

/** The body ended well, the answer did not. */
function explainEnd(
  { providerId }: Wire,
  form: 'unknown' | 'events' | 'json' | 'other',
  head: string,
  requestId: string | undefined,
): ChatError {
  if (form === 'unknown') {
    const code: ClientErrorCode = 'empty-answer';
    return new ChatError({
      kind: 'interrupted',
      providerId,
      message: 'The service sent an empty answer.',
      code,
    });
  }
  if (form === 'other') {
    const message = `The service sent something that is no answer: ${head}`;
    return new ChatError({ kind: 'protocol', providerId, message, requestId });
  }
  const message = 'The connection ended before the answer was complete.';
  return new ChatError({ kind: 'interrupted', providerId, message, requestId });
}
