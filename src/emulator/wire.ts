/** What one platform's protocol brings along so that the emulator can speak it. */

import type { RecordedRequest } from './recordedRequest.ts';

/** One platform's protocol: its rules for requests and its bytes for answers. */
export interface Wire {
  name: string;
  /** Whether requests to this path are this wire's to answer. */
  serves(path: string): boolean;
  /** Whether the client asks for a stream. */
  wantsStream(request: RecordedRequest): boolean;
  /** Checks the request by the documented rules; adds to `request.warnings`. */
  check(request: RecordedRequest, options: CheckOptions): CheckResult;
  /** Headers of a streamed answer. */
  streamHeaders: Record<string, string>;
  /** Body of an error answer, JSON. */
  encodeError(refusal: Refusal, requestId: string): string;
  /** An error inside a stream, as the event with this number (from 1). */
  encodeErrorEvent(refusal: Refusal, requestId: string, eventNumber: number): string;
}

export interface CheckOptions {
  /** Keys that are known; with none given every key of the right shape is. */
  apiKeys?: readonly string[];
  /** `true`: some workspace must be named. A text: this one. */
  requireWorkspace?: boolean | string;
  /** `catalog`: only the ids of the vendor pages exist. */
  models: 'any' | 'catalog';
}

/** An error as the platform words it. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
}

export type CheckResult =
  | { type: 'refused'; refusal: Refusal }
  | { type: 'accepted'; accepted: AcceptedRequest };

/** What a good request asks for, whatever the wire. */
export interface AcceptedRequest {
  model: string;
  stream: boolean;
  /** Text of the last user message. */
  question: string;
  /** Pairs of question and answer before it. */
  earlierTurns: number;
  /** As they were received, in the wire's own names. */
  parameters: Record<string, unknown>;
  inputTokens: number;
  /** The limit in force, sent or by default. */
  maxOutputTokens: number;
  /** Texts before which the answer stops. */
  stopTexts: readonly string[];
  encoder: AnswerEncoder;
}

/** Puts an answer into the shape the request asked for. */
export interface AnswerEncoder {
  /** Complete events, one per piece, then whatever ends the stream. */
  streamEvents(answer: Answer): Iterable<{ type: 'piece' | 'finish'; text: string }>;
  /** The whole answer as one JSON body. */
  encodeWhole(answer: Answer): string;
}

/** An answer, ready to be encoded. */
export interface Answer {
  requestId: string;
  pieces: readonly AnswerPiece[];
  /** The wire's own word. */
  finishReason: string;
  /** Totals at the end; `null`: the wire's frames carry no counts. */
  usage: { inputTokens: number; outputTokens: number; totalTokens: number } | null;
  /** Force a DashScope shape. */
  resultFormat?: 'text' | 'message';
}

/** `snapshot`: the whole text so far, in place of what came before. */
export interface AnswerPiece {
  type: 'text' | 'reasoning' | 'snapshot';
  text: string;
}
