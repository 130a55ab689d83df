/** One request and its answer as they went over the wire: what the inspector shows, and what an exported file holds. */

import type { ChatErrorKind } from '../../llm/chatError.ts';
import type { StreamPart } from '../../llm/chatModel.ts';
import type { ObservedRequest, ObservedResponse } from '../../llm/exchangeObserver.ts';
import type { ProtocolId } from '../../providers/common/protocols.ts';

/** Holds no secrets. All times are milliseconds after `startedAt`. */
export interface ExchangeRecord {
  /** Counts from 1 in a window's session; the log names it. */
  number: number;
  /** Milliseconds since the epoch. */
  startedAt: number;
  protocol: ProtocolId;
  /** `connectionId/modelId`; empty for an opened event stream. */
  model: string;
  /** The turn that asked. */
  turnId?: string;
  /** The record this one repeats. */
  replayOf?: number;
  /** Where it was read from, when it was no request of this session. */
  fileName?: string;
  attempts: AttemptRecord[];
  parts: { atMs: number; part: StreamPart }[];
  /** Absent while it is on its way. */
  endedMs?: number;
  failure?: RecordedFailure;
  /** More came than is kept: texts of the answer and parts are there up to some point. */
  cut?: boolean;
}

export interface AttemptRecord {
  /** Absent for an opened event stream. */
  request?: ObservedRequest & { atMs: number };
  response?: ObservedResponse & { atMs: number };
  /** The body in the slices in which it came. */
  chunks: { atMs: number; text: string }[];
  failure?: RecordedFailure & { atMs: number };
  /** How long was waited before the next try. */
  waitMs?: number;
}

export interface RecordedFailure {
  kind: ChatErrorKind;
  message: string;
  status?: number;
  code?: string;
  requestId?: string;
}

/** The last request for the answer: the one that a replay repeats. */
export function answerAttempt({ attempts }: Pick<ExchangeRecord, 'attempts'>): AttemptRecord | undefined {
  return attempts.findLast(({ request }) => request?.purpose !== 'token');
}

/** Whether the answer was asked for as a stream. */
export function askedForStream({ headers, body }: Pick<ObservedRequest, 'headers' | 'body'>): boolean {
  return headers['x-dashscope-sse'] === 'enable' || /"stream"\s*:\s*true/.test(body);
}
