/** Records as the inspector's page shows them. */

import { l10n } from 'vscode';
import { type AttemptRecord, answerAttempt, type ExchangeRecord } from '../../core/exchangeRecord.ts';
import type { AttemptView, RecordView } from '../../core/inspectProtocol.ts';
import { decodeBody } from '../../providers/decodeBody.ts';
import { explainError } from '../errorTexts.ts';

export function toRecordView(record: ExchangeRecord): RecordView {
  const { attempts, parts, failure } = record;
  return {
    ...record,
    title: titleOf(record),
    attempts: attempts.map((attempt) => toAttemptView(attempt, record)),
    parts: parts.map(({ atMs, part }) => ({ atMs, type: part.type, data: JSON.stringify(part) })),
    failureTitle: failure && explainError({ ...failure, providerId: record.protocol }).title,
    noReplay: reasonAgainst(record),
  };
}

export function titleOf({ number, model, fileName }: ExchangeRecord): string {
  return fileName ?? l10n.t('Request {0}: {1}', number, model);
}

function toAttemptView({ chunks, ...attempt }: AttemptRecord, { protocol }: ExchangeRecord): AttemptView {
  const text = chunks.map((chunk) => chunk.text).join('');
  // Only an answer has events: not an error's text, and not a token's.
  if (attempt.request?.purpose === 'token' || (attempt.response?.status ?? 200) >= 300)
    return { ...attempt, text, events: [] };
  const { events, failure } = decodeBody({ protocol, chunks });
  const unreadable = failure && { line: failure.line, message: failure.error.message };
  return { ...attempt, text, events, unreadable };
}

function reasonAgainst(record: ExchangeRecord): string | undefined {
  const request = answerAttempt(record)?.request;
  if (!request) return l10n.t('An event stream holds no request that could be sent again.');
  return record.model === '' ? l10n.t('The record does not say which model was asked.') : undefined;
}
