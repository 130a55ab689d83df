/** Numbers of a comparison as people read them. */

import { formatString } from '../../chat/common/panelStrings.ts';
import type { CellView, CompareTexts } from '../common/compareProtocol.ts';
import type { Measure } from './sorting.ts';

export function duration(ms: number | undefined, strings: CompareTexts): string {
  if (ms === undefined) return strings['compare.unknown'];
  if (ms < 1000) return formatString(strings['compare.milliseconds'], Math.round(ms));
  return formatString(strings['compare.seconds'], decimal(ms / 1000, ms < 10_000 ? 2 : 1));
}

/** `estimated`: it says so. */
export function speed(value: number | undefined, estimated: boolean, strings: CompareTexts): string {
  if (value === undefined) return strings['compare.unknown'];
  const text = formatString(strings['compare.perSecond'], decimal(value, value < 100 ? 1 : 0));
  return about(text, estimated, strings);
}

export function count(value: number | undefined, estimated: boolean, strings: CompareTexts): string {
  return value === undefined ? strings['compare.unknown'] : about(value.toLocaleString(), estimated, strings);
}

/** How it ended, in a word or two. */
export function ending({ status, finishReason, text }: CellView, strings: CompareTexts): string {
  switch (status) {
    case 'waiting':
      return strings['compare.notAsked'];
    case 'running':
      return '…';
    case 'failed':
      return text;
    case 'stopped':
      return strings['compare.stopped'];
    case 'done':
      return strings[`compare.finish.${finishReason ?? 'other'}`];
  }
}

/** What the table shows of a cell. */
export function measured(cell: CellView, measure: Measure, strings: CompareTexts): string {
  const { status, metrics, cost, text } = cell;
  if (status === 'waiting') return '';
  if (status === 'running') return measure === 'answer' && text !== '' ? text : '…';
  if (measure === 'finish' || (status === 'failed' && metrics?.outputTokens === undefined))
    return ending(cell, strings);
  if (measure === 'answer') return text === '' ? ending(cell, strings) : text;
  if (measure === 'cost') return about(cost?.text ?? strings['compare.unknown'], false, strings);
  const estimated = metrics?.estimated ?? false;
  if (measure === 'firstToken') return duration(metrics?.firstTokenMs, strings);
  if (measure === 'totalTime') return duration(metrics?.totalMs, strings);
  if (measure === 'speed') return speed(metrics?.tokensPerSecond, estimated, strings);
  return count(measure === 'tokensIn' ? metrics?.inputTokens : metrics?.outputTokens, estimated, strings);
}

function about(text: string, estimated: boolean, strings: CompareTexts): string {
  return estimated ? formatString(strings['compare.about'], text) : text;
}

function decimal(value: number, digits: number): string {
  return value.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
