/** Turns a record into what the inspector's page shows. */

import { decodeBody } from '../../providers/decodeBody.ts';
import type { AttemptRecord, ExchangeRecord } from '../common/exchangeRecord.ts';
import type { AttemptView, RecordView } from '../common/inspectProtocol.ts';

/** The view's texts in the user's language. */
export type RecordTexts = Pick<RecordView, 'title' | 'failureTitle' | 'noReplay'>;

export function toRecordView(record: ExchangeRecord, texts: RecordTexts): RecordView {
  const { attempts, parts } = record;
  return {
    ...record,
    ...texts,
    attempts: attempts.map((attempt) => toAttemptView(attempt, record)),
    parts: parts.map(({ atMs, part }) => ({ atMs, type: part.type, data: JSON.stringify(part) })),
  };
}

function toAttemptView({ chunks, ...attempt }: AttemptRecord, record: ExchangeRecord): AttemptView {
  const text = chunks.map((chunk) => chunk.text).join('');
  // Errors and token responses are not event streams.
  if (attempt.request?.purpose === 'token' || (attempt.response?.status ?? 200) >= 300)
    return { ...attempt, text, events: [] };
  const { events, failure } = decodeBody({ protocol: record.protocol, chunks });
  // A record that Qiao cut ends in the middle of an event.
  const unreadable = failure && !record.cut && { line: failure.line, message: failure.error.message };
  return { ...attempt, text, events, unreadable: unreadable || undefined };
}
