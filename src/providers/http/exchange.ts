/** From request to stream parts, the same for every protocol: send, read, clean up, and name what went wrong. */

import { ChatError } from '../../llm/chatError.ts';
import type { ChatRequest, FinishPart, StreamPart } from '../../llm/chatModel.ts';
import { type RateLimits, readRateLimits } from '../../llm/rateLimits.ts';
import type { RetryOptions } from '../connection.ts';
import { createPartFilter } from '../secrets/partFilter.ts';
import type { SecretSet } from '../secrets/secretSet.ts';
import { followSecrets, secretsOfNetwork, secretsOfRequest } from '../secrets/secrets.ts';
import type { Wire } from '../wire.ts';
import { createAnswerMeter } from './answerMeter.ts';
import { withAttempts } from './attempts.ts';
import { type BodyReader, createBodyReader, readBody } from './body.ts';
import { completeFailure, longestWord, readFailure, withoutSecrets } from './failures.ts';
import {
  type HttpRequest,
  type HttpResponse,
  type SendOptions,
  sendRequest,
  toChatError,
  toReadingError,
  type Witness,
} from './http.ts';
import { emptyAnswer, noAnswer } from './noAnswer.ts';
import { createWitness } from './observe.ts';
import type { PartQueue } from './partQueue.ts';

export interface ExchangeOptions {
  wire: Wire;
  request: ChatRequest;
  /** Ends the exchange: the user's own, or because the reader has left. */
  signal: AbortSignal;
  /** Where the parts go; it is ended, in every case. */
  queue: PartQueue;
  /** The body was recorded. */
  recorded?: boolean;
  prepare(options: SendOptions): HttpRequest | Promise<HttpRequest>;
}

/** Sends the request, again where that can help, and reads the answer into the queue. Never rejects. */
export async function exchangeAnswer({
  wire,
  request,
  signal,
  queue,
  recorded = false,
  prepare,
}: ExchangeOptions): Promise<void> {
  let sent: HttpRequest | undefined;
  const { timeouts, network, retry, observer } = wire.connection;
  const ofNetwork = secretsOfNetwork(network);
  const secrets = followSecrets(() => [
    ...wire.secrets,
    ...ofNetwork,
    ...(sent ? secretsOfRequest(sent) : []),
  ]);
  const options: SendOptions = {
    providerId: wire.providerId,
    timeouts,
    network,
    signal,
    witness: observer && createWitness(observer, secrets),
  };
  const { witness } = options;
  const toFailure = (error: unknown): ChatError => withoutSecrets(toChatError(error, options), secrets());
  const run = async (): Promise<void> => {
    signal.throwIfAborted();
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
  try {
    await withAttempts(run, {
      retry: witness ? watchWaits(retry, witness) : retry,
      signal,
      hasStarted: () => queue.started,
      recover: async (failure, times) =>
        (sent && (await wire.recover?.(failure, sent, { times, recorded }))) ?? false,
      toChatError: toFailure,
    });
    witness?.end();
    queue.end();
  } catch (error) {
    const failure = toFailure(error);
    witness?.end(failure);
    queue.end(failure);
  }
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
  const meter = createAnswerMeter(wire.providerId, wire.connection.limits);
  const emit = (part: StreamPart): void => {
    const admitted = meter.admit(part);
    if (admitted) filter.push(admitted);
  };
  const decoder = wire.createDecoder(request, { emit });
  const reader = createBodyReader({ wire, response, decoder, queue, meter });
  let failure: unknown;
  try {
    await readBody({ response, options, queue, decoder, reader, meter });
  } catch (error) {
    failure = error;
  }
  try {
    decoder.flush(failure === undefined ? 'ended' : options.signal.aborted ? 'stopped' : 'broken');
  } catch (error) {
    failure ??= toReadingError(error, wire.providerId);
  }
  filter.end();
  failure ??= meter.failure;
  if (queue.finished) return response.release();
  const { head, form } = reader;
  // Words alone are no answer that broke off.
  const words = decoder.complaint !== undefined && !queue.started;
  failure ??= explainEnd(wire, words ? 'other' : form, head, decoder.requestId);
  const error = toChatError(failure, options);
  throw completeFailure(
    breaksOff(error) ? withComplaint(error, decoder.complaint, queue.started) : error,
    response,
  );
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

function breaksOff({ kind, code }: ChatError): boolean {
  return ['interrupted', 'timeout', 'network'].includes(kind) || (kind === 'protocol' && code === undefined);
}

/** What the service said last is why it broke off. A kind that its words do not tell stays. */
function withComplaint(error: ChatError, complaint: ChatError | undefined, started: boolean): ChatError {
  if (!complaint) return error;
  const { providerId, status, requestId, cause } = error;
  const told = complaint.kind !== 'unexpected' && !(complaint.kind === 'unavailable' && started);
  const message =
    error.kind === 'protocol' ? complaint.message : `${error.message} It said: ${complaint.message}`;
  return new ChatError({
    kind: told ? complaint.kind : error.kind,
    providerId,
    message,
    status: complaint.status ?? status,
    code: complaint.code ?? error.code,
    requestId: complaint.requestId ?? requestId,
    cause,
  });
}

/** The body ended well, the answer did not. */
function explainEnd(
  { providerId }: Wire,
  form: BodyReader['form'],
  head: string,
  requestId: string | undefined,
): ChatError {
  if (form === 'unknown') return emptyAnswer(providerId);
  if (form === 'other') return noAnswer(providerId, head, requestId);
  const message = 'The connection ended before the answer was complete.';
  return new ChatError({ kind: 'interrupted', providerId, message, requestId });
}
