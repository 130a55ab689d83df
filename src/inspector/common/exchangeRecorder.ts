/** Keeps what an observer sees of an exchange, up to a limit. */

import type { ChatError } from '../../llm/chatError.ts';
import type { ExchangeObserver } from '../../llm/exchangeObserver.ts';
import type { AttemptRecord, ExchangeRecord, RecordedFailure } from './exchangeRecord.ts';

export interface RecorderOptions
  extends Pick<ExchangeRecord, 'number' | 'protocol' | 'model' | 'turnId' | 'replayOf'> {
  /** Told after each event; the record is the recorder's own and goes on changing until it has ended. */
  onChange?(record: ExchangeRecord): void;
  /** Milliseconds since the epoch, with fractions. */
  now?(): number;
  /** Of the answer's texts, in UTF-16 units; default 4 Mi. */
  limit?: number;
}

export interface Recorder {
  readonly record: ExchangeRecord;
  readonly observer: Required<ExchangeObserver>;
}

const defaultLimit = 4 * 2 ** 20;
/** What a part takes beside its text. */
const partCost = 64;

export function createRecorder({
  onChange,
  now = clock,
  limit = defaultLimit,
  ...about
}: RecorderOptions): Recorder {
  const startedAt = now();
  const record: ExchangeRecord = { ...about, startedAt, attempts: [], parts: [] };
  let room = limit;
  const since = (): number => Math.max(0, Math.round((now() - startedAt) * 10) / 10);
  const last = (): AttemptRecord | undefined => record.attempts.at(-1);
  /** What still has room of a text; an answer that goes on beyond it is marked. */
  const take = (size: number): number => {
    const taken = Math.min(size, room);
    room -= taken;
    if (taken < size) record.cut = true;
    return taken;
  };
  /** A token may arrive when the request that wanted it is over. */
  const unlessEnded = (act: () => void): void => {
    if (record.endedMs !== undefined) return;
    act();
    onChange?.(record);
  };

  return {
    record,
    observer: {
      request: (request) =>
        unlessEnded(() => record.attempts.push({ request: { ...request, atMs: since() }, chunks: [] })),
      response: (response) =>
        unlessEnded(() => {
          const attempt = last();
          if (attempt) attempt.response = { ...response, atMs: since() };
        }),
      data: (text) =>
        unlessEnded(() => {
          const length = take(text.length);
          const chunks = last()?.chunks;
          if (!chunks || length === 0) return;
          const chunk = { atMs: since(), text: text.slice(0, length) };
          const before = chunks.at(-1);
          // Thousands of tiny slices come in one write; no time lies between them that could be shown.
          if (before?.atMs === chunk.atMs) before.text += chunk.text;
          else chunks.push(chunk);
        }),
      part: (part) =>
        unlessEnded(() => {
          const size = partCost + ('text' in part ? part.text.length : 0);
          // How it ended is told in any case.
          if (part.type === 'finish' || take(size) === size) record.parts.push({ atMs: since(), part });
        }),
      failure: (failure) =>
        unlessEnded(() => {
          const attempt = last();
          if (attempt && !attempt.failure) attempt.failure = { ...toFailure(failure), atMs: since() };
        }),
      wait: ({ delayMs }) =>
        unlessEnded(() => {
          const attempt = last();
          if (attempt) attempt.waitMs = delayMs;
        }),
      end: (failure) =>
        unlessEnded(() => {
          record.endedMs = since();
          if (failure) record.failure = toFailure(failure);
        }),
    },
  };
}

function clock(): number {
  return performance.timeOrigin + performance.now();
}

function toFailure({ kind, message, status, code, requestId }: ChatError): RecordedFailure {
  return { kind, message, status, code, requestId };
}
