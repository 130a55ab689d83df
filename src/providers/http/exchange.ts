/** Runs one exchange for any protocol: send, retry, read the answer, clean up, and report errors. */

import { ChatError } from '../../llm/chatError.ts';
import type { ChatRequest, FinishPart, StreamPart } from '../../llm/chatModel.ts';
import { type RateLimits, readRateLimits } from '../../llm/rateLimits.ts';
import type { CommonConnection, RetryOptions } from '../connection.ts';
import type { ProtocolAdapter } from '../protocolAdapter.ts';
import { createPartFilter } from '../secrets/partFilter.ts';
import type { SecretSet } from '../secrets/secretSet.ts';
import { followSecrets, secretsOfNetwork, secretsOfRequest } from '../secrets/secrets.ts';
import { createAnswerMeter } from './answerMeter.ts';
import { withAttempts } from './attempts.ts';
import { type BodyReader, createBodyReader, readBody } from './body.ts';
import { createReporter } from './exchangeReporter.ts';
import { completeFailure, longestWord, readFailure, withoutSecrets } from './failures.ts';
import {
  type ExchangeReporter,
  type HttpRequest,
  type HttpResponse,
  type SendOptions,
  sendRequest,
  toChatError,
  toReadingError,
} from './http.ts';
import { emptyAnswer, invalidAnswer } from './invalidAnswer.ts';
import type { PartQueue } from './partQueue.ts';

export interface ExchangeOptions {
  adapter: ProtocolAdapter;
  request: ChatRequest;
  /** Ends the exchange: aborted by the user, or because the consumer left the loop. */
  signal: AbortSignal;
  /** Receives the parts; it is always ended. */
  queue: PartQueue;
  /** The body was recorded and is sent unchanged. */
  recorded?: boolean;
  prepare(options: SendOptions): HttpRequest | Promise<HttpRequest>;
}

/** Sends the request, with retries, and reads the answer into the queue. Never rejects: errors end the queue. */
export async function exchangeAnswer({
  adapter,
  request,
  signal,
  queue,
  recorded = false,
  prepare,
}: ExchangeOptions): Promise<void> {
  let sent: HttpRequest | undefined;
  const { timeouts, network, retry, observer, meter } = adapter.connection;
  const ofNetwork = secretsOfNetwork(network);
  const secrets = followSecrets(() => [
    ...adapter.secrets,
    ...ofNetwork,
    ...(sent ? secretsOfRequest(sent) : []),
  ]);
  const options: SendOptions = {
    providerId: adapter.providerId,
    timeouts,
    network,
    signal,
    reporter: observer && createReporter(observer, secrets),
  };
  const { reporter } = options;
  const toFailure = (error: unknown): ChatError => withoutSecrets(toChatError(error, options), secrets());
  /** A request without any part was refused, and costs nothing. */
  const count = (): void => {
    if (queue.started) meter?.record(queue.finish?.usage, queue.finish?.cost);
  };
  const run = async (): Promise<void> => {
    signal.throwIfAborted();
    sent = undefined;
    try {
      sent = await prepare(options);
      const response = await sendRequest(sent, options);
      if (response.status >= 300) throw await readFailure(adapter, response, options);
      await readAnswer({ adapter, request, options, queue, response, secrets: secrets() });
    } catch (error) {
      reporter?.failure(toFailure(error));
      throw error;
    }
  };
  try {
    await withAttempts(run, {
      retry: reporter ? watchWaits(retry, reporter) : retry,
      signal,
      hasStarted: () => queue.started,
      recover: async (failure, times) =>
        (sent && (await adapter.recover?.(failure, sent, { times, recorded }))) ?? false,
      toChatError: toFailure,
    });
    count();
    reporter?.end();
    queue.end();
  } catch (error) {
    const failure = toFailure(error);
    count();
    reporter?.end(failure);
    queue.end(failure);
  }
}

function watchWaits(retry: RetryOptions | undefined, reporter: ExchangeReporter): RetryOptions {
  return {
    ...retry,
    onWait(wait) {
      reporter.wait({ attempt: wait.attempt, delayMs: wait.delayMs });
      retry?.onWait?.(wait);
    },
  };
}

export interface AnswerReading {
  adapter: ProtocolAdapter;
  request: ChatRequest;
  options: SendOptions;
  queue: PartQueue;
  secrets: SecretSet;
  response: HttpResponse;
}

/** Reads the answer into the queue, up to its `finish`. Throws a `ChatError` when it ends otherwise. */
export async function readAnswer(reading: AnswerReading): Promise<void> {
  const { adapter, request, options, queue, response, secrets } = reading;
  const { reporter } = options;
  const rateLimits = readRateLimits(response.headers);
  const filter = createPartFilter(secrets, (part) => {
    const whole = part.type === 'finish' ? completeFinish(part, rateLimits) : part;
    reporter?.part(whole);
    queue.push(whole.type === 'finish' ? withCost(whole, adapter.connection) : whole);
  });
  const meter = createAnswerMeter(adapter.providerId, adapter.connection.limits);
  const emit = (part: StreamPart): void => {
    const admitted = meter.admit(part);
    if (admitted) filter.push(admitted);
  };
  const decoder = adapter.createDecoder(request, { emit });
  const reader = createBodyReader({ adapter, response, decoder, queue, meter });
  let failure: unknown;
  try {
    await readBody({ response, options, queue, decoder, reader, meter });
  } catch (error) {
    failure = error;
  }
  try {
    decoder.flush(failure === undefined ? 'ended' : options.signal.aborted ? 'stopped' : 'broken');
  } catch (error) {
    failure ??= toReadingError(error, adapter.providerId);
  }
  filter.end();
  failure ??= meter.failure;
  if (queue.finish) return response.release();
  const { head, form } = reader;
  // A message alone is no interrupted answer.
  const words = decoder.possibleError !== undefined && !queue.started;
  failure ??= explainEnd(adapter, words ? 'other' : form, head, decoder.requestId);
  const error = toChatError(failure, options);
  throw completeFailure(
    breaksOff(error) ? withPossibleError(error, decoder.possibleError, queue.started) : error,
    response,
  );
}

/** Adds the headers' rate limits, and shortens texts of the service that are stored with the answer. */
function completeFinish(part: FinishPart, rateLimits: RateLimits | undefined): FinishPart {
  return {
    ...part,
    rawReason: part.rawReason?.slice(0, longestWord),
    requestId: part.requestId?.slice(0, longestWord),
    ...(rateLimits ? { rateLimits } : {}),
  };
}

function withCost(finish: FinishPart, { meter }: CommonConnection): FinishPart {
  const cost = meter?.costOf(finish.usage);
  return cost ? { ...finish, cost } : finish;
}

function breaksOff({ kind, code }: ChatError): boolean {
  return ['interrupted', 'timeout', 'network'].includes(kind) || (kind === 'protocol' && code === undefined);
}

/** The service's last message explains the interruption. Without a known kind of its own, the error's kind stays. */
function withPossibleError(
  error: ChatError,
  possibleError: ChatError | undefined,
  started: boolean,
): ChatError {
  if (!possibleError) return error;
  const { providerId, status, requestId, cause } = error;
  const told = possibleError.kind !== 'unexpected' && !(possibleError.kind === 'unavailable' && started);
  const message =
    error.kind === 'protocol' ? possibleError.message : `${error.message} It said: ${possibleError.message}`;
  return new ChatError({
    kind: told ? possibleError.kind : error.kind,
    providerId,
    message,
    status: possibleError.status ?? status,
    code: possibleError.code ?? error.code,
    requestId: possibleError.requestId ?? requestId,
    cause,
  });
}

/** The error of a body that ended regularly, but without a complete answer. */
function explainEnd(
  { providerId }: ProtocolAdapter,
  form: BodyReader['form'],
  head: string,
  requestId: string | undefined,
): ChatError {
  if (form === 'unknown') return emptyAnswer(providerId);
  if (form === 'other') return invalidAnswer(providerId, head, requestId);
  const message = 'The connection ended before the answer was complete.';
  return new ChatError({ kind: 'interrupted', providerId, message, requestId });
}
