/** What a protocol tells the exchange: how to ask, and how to read what comes back. */

import type { ChatError } from '../llm/chatError.ts';
import type { ChatRequest, StreamPart } from '../llm/chatModel.ts';
import type { CommonConnection } from './connection.ts';
import type { HttpRequest, SendOptions } from './http/http.ts';
import type { RawRequest } from './rawRequest.ts';
import type { ServerEvent } from './sse/serverEvents.ts';

export interface Wire {
  readonly providerId: string;
  /** Its limits, waits, network and observer; how it proves who asks is the protocol's own affair. */
  readonly connection: CommonConnection;
  /** Taken out of every error text: some platforms echo the key they refuse. */
  readonly secrets: readonly string[];
  /**
   * Throws a `ChatError`: `invalid-request` for what the platform would refuse anyway, or what befell a request that
   * has to go first, such as one for a token. Called again after each `recover`.
   */
  prepare(request: ChatRequest, options: SendOptions): HttpRequest | Promise<HttpRequest>;
  /**
   * The same for a body that is there already: address and credentials are those of the connection, the body is sent
   * as it is. Throws like `prepare`.
   */
  prepareRaw(request: RawRequest, options: SendOptions): HttpRequest | Promise<HttpRequest>;
  createDecoder(request: ChatRequest, output: DecoderOutput): AnswerDecoder;
  /** The error that a status of 400 or more stands for. */
  readFailure(status: number, body: string, headers: ReadonlyMap<string, string>): ChatError;
  /**
   * Mends what made a request fail, such as an expired token, before anything of the answer had come. `true`: worth
   * sending once more.
   */
  recover?(failure: ChatError, sent: HttpRequest, about: Recovery): boolean | Promise<boolean>;
}

export interface Recovery {
  /** How often this request was mended already; a few times at most, see `withAttempts`. */
  times: number;
  /** The body was recorded, and is sent as it stands. */
  recorded: boolean;
}

/** An event and its JSON value; `undefined` where it is no JSON. */
export interface AnswerEvent extends ServerEvent {
  value: unknown;
}

/** What has come of an answer and was not emitted yet; it counts against the limits on an answer all the same. */
export interface HeldAnswer {
  /** Tool calls that have begun. */
  calls: number;
  /** Their ids, names and arguments, and texts that wait for others, in UTF-16 units. */
  units: number;
}

/** Where a decoder puts what it reads. */
export interface DecoderOutput {
  emit(part: StreamPart): void;
  /** Something was passed over: one member, by its name, or the whole event. For people who look at what was sent. */
  skip?(member?: string): void;
}

/** Turns what arrives into stream parts. After its `finish` part nothing more is fed. */
export interface AnswerDecoder {
  /** Throws a `ChatError` for an error of the service. What it can't read is passed over. */
  readEvent(event: AnswerEvent): void;
  /** The whole body was one JSON value: an answer in one piece, or an error with status 200. */
  readWhole(value: unknown): void;
  /**
   * Nothing more will come: emits what was held back, and the `finish` if the answer was complete without saying so. `ended`: the
   * body did, or nothing came for the `grace`; `broken`: the connection did not last; `stopped`: the reader has had enough.
   */
  flush(how: 'ended' | 'broken' | 'stopped'): void;
  /** Always the same object; its counts change with each event. */
  readonly held: Readonly<HeldAnswer>;
  /** The answer's id at the platform, as far as it is known. */
  readonly requestId: string | undefined;
  /**
   * Set with a finish reason, and again with each further piece of the answer: the answer is complete when none came for
   * `ms` milliseconds from `since` (milliseconds since the epoch).
   */
  readonly grace?: { ms: number; since: number };
  /** Words of the service that were no part of the answer: what went wrong where the answer does not become complete. */
  readonly complaint?: ChatError;
}
