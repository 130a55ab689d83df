/** Numbers of a comparison as people read them. */

import * as l10n from '@vscode/l10n';
import type { CellView } from '../common/compareProtocol.ts';
import type { Measure } from './sorting.ts';

export function duration(ms: number | undefined): string {
  if (ms === undefined) return l10n.t('–');
  if (ms < 1000) return l10n.t('{0} ms', Math.round(ms));
  return l10n.t('{0} s', decimal(ms / 1000, ms < 10_000 ? 2 : 1));
}

/** `estimated`: it says so. */
export function speed(value: number | undefined, estimated: boolean): string {
  if (value === undefined) return l10n.t('–');
  const text = l10n.t('{0}/s', decimal(value, value < 100 ? 1 : 0));
  return about(text, estimated);
}

export function count(value: number | undefined, estimated: boolean): string {
  return value === undefined ? l10n.t('–') : about(value.toLocaleString(), estimated);
}

/** How it ended, in a word or two. */
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

function finishText(reason: CellView['finishReason']): string {
  switch (reason) {
    case 'stop':
      return l10n.t('Finished');
    case 'length':
      return l10n.t('Cut at the length limit');
    case 'tool-calls':
      return l10n.t('Wants to call a tool');
    case 'content-filter':
      return l10n.t('Content filter');
    default:
      return l10n.t('Ended');
  }
}

/** What the table shows of a cell. */
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
