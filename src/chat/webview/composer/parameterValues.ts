/** What a person types into the parameter form ↔ the value it means, and whether the model's rule allows it. */

import type {
  ModelParameters,
  NumberRule,
  ParameterName,
  ParameterRule,
  StopRule,
} from '../../../llm/chatModel.ts';
import { isAllowed, takesTextsOnly } from '../../../llm/parameters.ts';
import { formatString, type PanelStrings } from '../../common/panelStrings.ts';

export type ParsedField = { ok: true; value: ModelParameters[ParameterName] } | { ok: false };

/** Reads a field; an empty one means the platform's default (`undefined`). */
export function parseField(rule: ParameterRule, text: string): ParsedField {
  const value = readValue(rule, text);
  return value === undefined || isAllowed(rule, value) ? { ok: true, value } : { ok: false };
}

/** The text that stands for a value. */
export function fieldText(value: ModelParameters[ParameterName]): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeLine(value);
  if (typeof value !== 'object') return String(value);
  const lines: string[] = [];
  const numbers: number[] = [];
  for (const member of value) {
    if (typeof member === 'number') numbers.push(member);
    else lines.push(typeof member === 'string' ? escapeLine(member) : JSON.stringify(member));
  }
  return numbers.length > 0 ? JSON.stringify(numbers) : lines.join('\n');
}

/** The rule in words, for the line under a field. */
export function rangeText(rule: NumberRule, strings: PanelStrings): string {
  const min =
    rule.min === undefined
      ? undefined
      : formatString(strings[rule.minExclusive ? 'range.above' : 'range.atLeast'], rule.min);
  const max =
    rule.max === undefined
      ? undefined
      : formatString(strings[rule.maxExclusive ? 'range.below' : 'range.atMost'], rule.max);
  if (min !== undefined && max !== undefined) return formatString(strings['range.both'], min, max);
  return min ?? max ?? strings['range.any'];
}

/** The limits of stop sequences in words; without any, only how they are written. */
export function stopText({ maxItems, maxLength }: StopRule, strings: PanelStrings): string {
  const items = maxItems === undefined ? undefined : formatString(strings['parameters.stopItems'], maxItems);
  const length =
    maxLength === undefined ? undefined : formatString(strings['parameters.stopLength'], maxLength);
  const both = items && length ? formatString(strings['range.both'], items, length) : (items ?? length);
  return both ? formatString(strings['parameters.stopLimits'], both) : strings['parameters.stopHint'];
}

function readValue(rule: ParameterRule, text: string): ModelParameters[ParameterName] {
  if (rule.type === 'stop') return parseStop(rule, text);
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return rule.type === 'boolean' ? trimmed === 'true' : Number(trimmed);
}

/**
 * One sequence per line; inside one, `\n` and `\r` are line breaks. Lines like `[1, 2]` are token ids where the model
 * takes any; `\[1, 2]` is that text itself.
 */
function parseStop(rule: StopRule, text: string): ModelParameters['stop'] {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length === 0) return undefined;
  const ids = takesTextsOnly(rule) ? [] : lines.map(tokenIds).filter((list) => list !== undefined);
  if (ids.length === lines.length) return ids.length === 1 ? ids[0] : ids;
  const texts = lines.map(unescapeLine);
  return texts.length === 1 ? texts[0] : texts;
}

function tokenIds(line: string): number[] | undefined {
  return /^\s*\[\s*\d+(\s*,\s*\d+)*\s*\]\s*$/.test(line) ? line.match(/\d+/g)?.map(Number) : undefined;
}

function escapeLine(text: string): string {
  const line = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return tokenIds(line) ? line.replace('[', '\\[') : line;
}

function unescapeLine(line: string): string {
  return line.replace(/\\([nr[\\])/g, (_, character) =>
    character === 'n' ? '\n' : character === 'r' ? '\r' : character,
  );
}
