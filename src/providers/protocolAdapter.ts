/**
 * Adapts one model of a connection to the exchange: requests, answers, errors. `protocol.ts` describes a protocol as
 * such.
 */

import type { ChatError } from '../llm/chatError.ts';
import type { ChatRequest, StreamPart } from '../llm/chatModel.ts';
import type { CommonConnection } from './connection.ts';
import type { HttpRequest, SendOptions } from './http/http.ts';
import type { RawRequest } from './rawRequest.ts';
import type { ServerEvent } from './sse/serverEvents.ts';

/** Writes requests, decodes answers and names errors, for one model of a connection. */
export interface ProtocolAdapter {
  readonly providerId: string;
  /** Timeouts, limits, retries, network and observer; the adapter keeps the credentials to itself. */
  readonly connection: CommonConnection;
  /** Masked in every error text: some platforms echo the key they refuse. */
  readonly secrets: readonly string[];
  /**
   * Writes the request. Throws a `ChatError`: `invalid-request` for what the platform would refuse, or the error of a
   * request that has to go first, such as one for a token. Called again after each `recover`.
   */
  prepare(request: ChatRequest, options: SendOptions): HttpRequest | Promise<HttpRequest>;
  /** The same for a recorded body, sent unchanged with the connection's address and credentials. */
  prepareRaw(request: RawRequest, options: SendOptions): HttpRequest | Promise<HttpRequest>;
  /** Creates the decoder of one answer. */
  createDecoder(request: ChatRequest, output: DecoderOutput): AnswerDecoder;
  /** The error for a status of 400 or more. */
  readFailure(status: number, body: string, headers: ReadonlyMap<string, string>): ChatError;
  /** Removes the cause of a failure before any part has come, e.g. an expired token. `true`: send the request again. */
  recover?(failure: ChatError, sent: HttpRequest, about: Recovery): boolean | Promise<boolean>;
}

export interface Recovery {
  /** How often this request was recovered already; `withAttempts` limits it. */
  times: number;
  /** The body was recorded and is sent unchanged. */
  recorded: boolean;
}

/** An event with its JSON value; `undefined` where the data is no JSON. */
export interface AnswerEvent extends ServerEvent {
  value: unknown;
}

/** What the decoder has read but not emitted yet; it counts towards the answer's limits. */
export interface BufferedAnswer {
  /** Begun tool calls. */
  calls: number;
  /** Their ids, names and arguments, and texts that wait for earlier ones, in UTF-16 units. */
  units: number;
}

/** Receives what a decoder reads. */
export interface DecoderOutput {
  emit(part: StreamPart): void;
  /** The decoder skipped one member, by its name, or the whole event. Shown in the inspector. */
  skip?(member?: string): void;
}

/** Decodes events into stream parts. It gets nothing more after its `finish` part. */
export interface AnswerDecoder {
  /** Throws a `ChatError` for the service's own error. Skips what it cannot read. */
  readEvent(event: AnswerEvent): void;
  /** The whole body was one JSON value: an answer without streaming, or an error with status 200. */
  readWhole(value: unknown): void;
  /**
   * Nothing more will come: emits what is buffered, and `finish` if the answer was complete without a final event.
   * - `ended`: the body ended, or nothing came for the `grace`.
   * - `broken`: the connection failed.
   * - `stopped`: the caller aborted.
   */
  flush(how: 'ended' | 'broken' | 'stopped'): void;
  /** Always the same object; its counts change with each event. */
  readonly buffered: Readonly<BufferedAnswer>;
  /** The platform's id of the answer, once known. */
  readonly requestId: string | undefined;
  /**
   * Set with a finish reason, and again with each further delta: the answer is complete when nothing more came for
   * `ms` milliseconds from `since` (milliseconds since the epoch).
   */
  readonly grace?: { ms: number; since: number };
  /** A message that may be an error: the error of the answer if it does not become complete. */
  readonly possibleError?: ChatError;
}
