/** Parses and formats the fields of the parameter form, and describes their limits. */

import * as l10n from '@vscode/l10n';
import type {
  ModelParameters,
  NumberRule,
  ParameterName,
  ParameterRule,
  StopRule,
} from '../../../llm/chatModel.ts';
import { isAllowed, takesTextsOnly } from '../../../llm/parameters.ts';

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
export function rangeText(rule: NumberRule): string {
  const min =
    rule.min === undefined
      ? undefined
      : rule.minExclusive
        ? l10n.t('above {0}', rule.min)
        : l10n.t('at least {0}', rule.min);
  const max =
    rule.max === undefined
      ? undefined
      : rule.maxExclusive
        ? l10n.t('below {0}', rule.max)
        : l10n.t('at most {0}', rule.max);
  if (min !== undefined && max !== undefined) return l10n.t('{0} and {1}', min, max);
  return min ?? max ?? l10n.t('any number');
}

/** The limits of stop sequences in words; without any, only how they are written. */
export function stopText({ maxItems, maxLength }: StopRule): string {
  const items = maxItems === undefined ? undefined : l10n.t('at most {0} lines', maxItems);
  const length = maxLength === undefined ? undefined : l10n.t('at most {0} characters each', maxLength);
  const both = items && length ? l10n.t('{0} and {1}', items, length) : (items ?? length);
  return both ? l10n.t('One per line: {0}', both) : l10n.t('One per line');
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
