/** What a protocol tells the exchange: how to ask, and how to read what comes back. */

import type { ChatError } from '../core/chatError.ts';
import type { ChatRequest, StreamPart } from '../core/chatModel.ts';
import type { Timeouts } from './connection.ts';
import type { HttpRequest } from './http.ts';
import type { ServerEvent } from './serverEvents.ts';

export interface Wire {
  readonly providerId: string;
  readonly timeouts: Timeouts | undefined;
  /** Taken out of every error text: some platforms echo the key they refuse. */
  readonly secrets: readonly string[];
  /** Throws a `ChatError` (`invalid-request`) for what the platform would refuse anyway. */
  prepare(request: ChatRequest): HttpRequest;
  createDecoder(request: ChatRequest, emit: (part: StreamPart) => void): AnswerDecoder;
  /** The error that a status of 400 or more stands for. */
  readFailure(status: number, body: string): ChatError;
}

/** Turns what arrives into stream parts. After its `finish` part nothing more is fed. */
export interface AnswerDecoder {
  /** Throws a `ChatError` for an error event, or `protocol` for what it can't read. */
  readEvent(event: ServerEvent): void;
  /** The whole body was one JSON value: an answer in one piece, or an error with status 200. */
  readWhole(value: unknown): void;
  /** The answer broke off: emits the text that was held back. */
  flush(): void;
  /** The answer's id at the platform, as far as it is known. */
  readonly requestId: string | undefined;
}
