/** Formats the numbers and endings of a comparison in the user's language. */

import * as l10n from '@vscode/l10n';
import type { CellView } from '../common/compareProtocol.ts';
import type { Measure } from './sorting.ts';

export function duration(ms: number | undefined): string {
  if (ms === undefined) return l10n.t('–');
  if (ms < 1000) return l10n.t('{0} ms', Math.round(ms));
  return l10n.t('{0} s', decimal(ms / 1000, ms < 10_000 ? 2 : 1));
}

/** `estimated` values are marked. */
export function speed(value: number | undefined, estimated: boolean): string {
  if (value === undefined) return l10n.t('–');
  const text = l10n.t('{0}/s', decimal(value, value < 100 ? 1 : 0));
  return about(text, estimated);
}

export function count(value: number | undefined, estimated: boolean): string {
  return value === undefined ? l10n.t('–') : about(value.toLocaleString(), estimated);
}

/** How the answer ended, in a few words. */
export function ending({ status, finishReason, text }: CellView): string {
  switch (status) {
    case 'waiting':
      return l10n.t('Not asked yet');
    case 'running':
      return '…';
    case 'failed':
      return text;
    case 'stopped':
      return l10n.t('Stopped');
    case 'done':
      return finishText(finishReason);
  }
}

function finishText(reason: CellView['finishReason'] = 'other'): string {
  const texts: Record<typeof reason, string> = {
    stop: l10n.t('Finished'),
    length: l10n.t('Cut at the length limit'),
    'tool-calls': l10n.t('Wants to call a tool'),
    'content-filter': l10n.t('Content filter'),
    other: l10n.t('Ended'),
  };
  return texts[reason];
}

/** The cell's text in the table. */
export function measured(cell: CellView, measure: Measure): string {
  const { status, metrics, cost, text } = cell;
  if (status === 'waiting') return '';
  if (status === 'running') return measure === 'answer' && text !== '' ? text : '…';
  if (measure === 'finish' || (status === 'failed' && metrics?.outputTokens === undefined))
    return ending(cell);
  if (measure === 'answer') return text === '' ? ending(cell) : text;
  if (measure === 'cost') return about(cost?.text ?? l10n.t('–'), false);
  const estimated = metrics?.estimated ?? false;
  if (measure === 'firstToken') return duration(metrics?.firstTokenMs);
  if (measure === 'totalTime') return duration(metrics?.totalMs);
  if (measure === 'speed') return speed(metrics?.tokensPerSecond, estimated);
  return count(measure === 'tokensIn' ? metrics?.inputTokens : metrics?.outputTokens, estimated);
}

function about(text: string, estimated: boolean): string {
  return estimated ? l10n.t('≈ {0}', text) : text;
}

function decimal(value: number, digits: number): string {
  return value.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
