/** Titles of records, and why some cannot be replayed, in the user's language. */

import { l10n } from 'vscode';
import { explainError } from '../../errors/host/errorTexts.ts';
import { answerAttempt, type ExchangeRecord } from '../common/exchangeRecord.ts';
import type { RecordTexts } from './recordView.ts';

export function recordTexts(record: ExchangeRecord): RecordTexts {
  const { failure, protocol } = record;
  return {
    title: titleOf(record),
    failureTitle: failure && explainError({ ...failure, providerId: protocol }).title,
    noReplay: replayBlock(record),
  };
}

export function titleOf({ number, model, fileName }: ExchangeRecord): string {
  return fileName ?? l10n.t('Request {0}: {1}', number, model);
}

function replayBlock(record: ExchangeRecord): string | undefined {
  const request = answerAttempt(record)?.request;
  if (!request) return l10n.t('An event stream holds no request that could be sent again.');
  return record.model === '' ? l10n.t('The record does not say which model was asked.') : undefined;
}
