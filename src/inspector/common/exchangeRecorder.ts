/** Records an exchange as an observer, up to a size limit. */

import type { ChatError } from '../../llm/chatError.ts';
import type { ExchangeObserver } from '../../llm/exchangeObserver.ts';
import type { AttemptRecord, ExchangeRecord, RecordedFailure } from './exchangeRecord.ts';

export interface RecorderOptions
  extends Pick<ExchangeRecord, 'number' | 'protocol' | 'model' | 'turnId' | 'replayOf'> {
  /** Called after each event; the recorder owns the record and changes it until it has ended. */
  onChange?(record: ExchangeRecord): void;
  /** Milliseconds since the epoch, with fractions. */
  now?(): number;
  /** The limit for the answer's texts, in UTF-16 units; default 4 Mi. */
  limit?: number;
}

export interface Recorder {
  readonly record: ExchangeRecord;
  readonly observer: Required<ExchangeObserver>;
}

const defaultLimit = 4 * 2 ** 20;
/** The size of a part beside its text. */
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
  /** Reserves room for a text and returns how much of it fits. Marks the record as cut if not all does. */
  const take = (size: number): number => {
    const taken = Math.min(size, room);
    room -= taken;
    if (taken < size) record.cut = true;
    return taken;
  };
  /** A token may arrive after its request has ended. */
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
          // Chunks of the same moment are joined: one write may bring thousands.
          if (before?.atMs === chunk.atMs) before.text += chunk.text;
          else chunks.push(chunk);
        }),
      part: (part) =>
        unlessEnded(() => {
          const size = partCost + ('text' in part ? part.text.length : 0);
          // `finish` is always recorded.
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
