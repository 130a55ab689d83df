/** What a person types into the parameter form ↔ the value it means, and whether the model's rule allows it. */

import type { ModelParameters, NumberRule, ParameterName, ParameterRule } from '../../core/chatModel.ts';
import { formatString, type PanelStrings } from '../../core/panelStrings.ts';

export type ParsedField = { ok: true; value: ModelParameters[ParameterName] } | { ok: false };

/** Reads a field; an empty one means the platform's default (`undefined`). */
export function parseField(rule: ParameterRule, text: string): ParsedField {
  if (rule.type === 'stop') return { ok: true, value: parseStop(text) };
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, value: undefined };
  if (rule.type === 'boolean') return { ok: true, value: trimmed === 'true' };
  const number = Number(trimmed);
  return allows(rule, number) ? { ok: true, value: number } : { ok: false };
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

function allows(rule: NumberRule, value: number): boolean {
  if (!Number.isFinite(value) || (rule.type === 'integer' && !Number.isSafeInteger(value))) return false;
  if (rule.min !== undefined && (rule.minExclusive ? value <= rule.min : value < rule.min)) return false;
  return rule.max === undefined || (rule.maxExclusive ? value < rule.max : value <= rule.max);
}

/** One sequence per line; a line break inside one is written `\n`. Lines like `[1, 2]` are token ids. */
function parseStop(text: string): ModelParameters['stop'] {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length === 0) return undefined;
  const ids = lines.map(tokenIds);
  if (ids.every((list) => list !== undefined)) return ids.length === 1 ? ids[0] : ids;
  const texts = lines.map((line) =>
    line.replace(/\\(n|\\)/g, (_, character) => (character === 'n' ? '\n' : '\\')),
  );
  return texts.length === 1 ? texts[0] : texts;
}

function tokenIds(line: string): number[] | undefined {
  return /^\s*\[\s*\d+(\s*,\s*\d+)*\s*\]\s*$/.test(line) ? line.match(/\d+/g)?.map(Number) : undefined;
}

function escapeLine(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
