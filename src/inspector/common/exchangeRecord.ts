/** Data model of a recorded request and its answer, for the inspector and exported files. */

import type { ChatErrorKind } from '../../llm/chatError.ts';
import type { StreamPart } from '../../llm/chatModel.ts';
import type { ObservedRequest, ObservedResponse } from '../../llm/exchangeObserver.ts';
import type { ProtocolId } from '../../providers/common/protocols.ts';

/** Holds no secrets. All times are milliseconds after `startedAt`. */
export interface ExchangeRecord {
  /** Counted from 1 in a window; also in the log. */
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
  /** The file it was read from, if any. */
  fileName?: string;
  attempts: AttemptRecord[];
  parts: { atMs: number; part: StreamPart }[];
  /** Absent while it is running. */
  endedMs?: number;
  failure?: RecordedFailure;
  /** Whether the end of a long answer was not recorded. */
  cut?: boolean;
}

export interface AttemptRecord {
  /** Absent for an opened event stream. */
  request?: ObservedRequest & { atMs: number };
  response?: ObservedResponse & { atMs: number };
  /** The body's chunks as received. */
  chunks: { atMs: number; text: string }[];
  failure?: RecordedFailure & { atMs: number };
  /** The wait before the next attempt. */
  waitMs?: number;
}

export interface RecordedFailure {
  kind: ChatErrorKind;
  message: string;
  status?: number;
  code?: string;
  requestId?: string;
}

/** The last request for the answer, which a replay repeats. */
export function answerAttempt({ attempts }: Pick<ExchangeRecord, 'attempts'>): AttemptRecord | undefined {
  return attempts.findLast(({ request }) => request?.purpose !== 'token');
}

/** Whether the request asked for a stream. */
export function askedForStream({ headers, body }: Pick<ObservedRequest, 'headers' | 'body'>): boolean {
  return headers['x-dashscope-sse'] === 'enable' || /"stream"\s*:\s*true/.test(body);
}
