/** A record as the inspector's page shows it. */

import { decodeBody } from '../../providers/decodeBody.ts';
import type { AttemptRecord, ExchangeRecord } from '../common/exchangeRecord.ts';
import type { AttemptView, RecordView } from '../common/inspectProtocol.ts';

/** What a record is told by in the user's language. */
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
  // Only an answer has events: not an error's text, and not a token's.
  if (attempt.request?.purpose === 'token' || (attempt.response?.status ?? 200) >= 300)
    return { ...attempt, text, events: [] };
  const { events, failure } = decodeBody({ protocol: record.protocol, chunks });
  // What was cut by Qiao itself says nothing about the answer.
  const unreadable = failure && !record.cut && { line: failure.line, message: failure.error.message };
  return { ...attempt, text, events, unreadable: unreadable || undefined };
}
