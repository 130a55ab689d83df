/** Checks parameters against the ranges from the model's page. */

import type {
  ModelInfo,
  ModelParameters,
  NumberRule,
  ParameterName,
  ParameterRule,
  ParameterRules,
  StopRule,
} from './chatModel.ts';

export interface ParameterProblem {
  name: ParameterName;
  /** The allowed range in interval notation, e.g. `[0, 2)`; or the allowed forms, for `stop`. */
  range: string;
}

export const parameterNames: readonly ParameterName[] = [
  'temperature',
  'topP',
  'topK',
  'maxOutputTokens',
  'seed',
  'stop',
  'repetitionPenalty',
  'presencePenalty',
  'enableThinking',
  'thinkingBudget',
];

/** `[0, 2)`, `(0, 1]`, `≥ 1`, `> 0`; with `, integer` for whole numbers. */
export function formatRange(rule: NumberRule): string {
  const { min, max } = rule;
  let range: string;
  if (min !== undefined && max !== undefined) {
    range = `${rule.minExclusive ? '(' : '['}${min}, ${max}${rule.maxExclusive ? ')' : ']'}`;
  } else if (min !== undefined) {
    range = `${rule.minExclusive ? '>' : '≥'} ${min}`;
  } else if (max !== undefined) {
    range = `${rule.maxExclusive ? '<' : '≤'} ${max}`;
  } else {
    range = '(-∞, ∞)';
  }
  return rule.type === 'integer' ? `${range}, integer` : range;
}

/** Parameters whose value the rules forbid. Unlisted parameters are no problem: they are not sent. */
export function findParameterProblems(
  rules: ParameterRules,
  parameters: ModelParameters,
): ParameterProblem[] {
  const problems: ParameterProblem[] = [];
  for (const name of parameterNames) {
    const rule = rules[name];
    const value: unknown = parameters[name];
    if (rule && value !== undefined && !isAllowed(rule, value))
      problems.push({ name, range: formatRule(rule) });
  }
  return problems;
}

/** Only the parameters that the rules list, in their order. */
export function selectParameters(rules: ParameterRules, parameters: ModelParameters): ModelParameters {
  return Object.fromEntries(
    parameterNames
      .filter((name) => rules[name] && parameters[name] !== undefined)
      .map((name) => [name, parameters[name]]),
  );
}

/** The parameters to send: the user's, then the model's own suggestions; only those that it takes. */
export function effectiveParameters(info: ModelInfo, parameters: ModelParameters): ModelParameters {
  return selectParameters(info.parameters, { ...info.suggested, ...parameters });
}

/** Whether `value` satisfies `rule`; integers beyond JavaScript's exact range do not. */
export function isAllowed(rule: ParameterRule, value: unknown): boolean {
  if (rule.type === 'stop') return isStop(value) && isWithin(rule, value);
  if (rule.type === 'boolean') return typeof value === 'boolean';
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (rule.type === 'integer' && !Number.isSafeInteger(value)) return false;
  const { min = -Infinity, max = Infinity } = rule;
  return (rule.minExclusive ? value > min : value >= min) && (rule.maxExclusive ? value < max : value <= max);
}

/** Whether `stop` takes texts only, no token ids: a rule with limits does. */
export function takesTextsOnly({ maxItems, maxLength }: StopRule): boolean {
  return maxItems !== undefined || maxLength !== undefined;
}

function formatRule(rule: ParameterRule): string {
  if (rule.type === 'stop') {
    return takesTextsOnly(rule)
      ? `≤ ${rule.maxItems ?? '∞'} strings of ≤ ${rule.maxLength ?? '∞'} characters`
      : 'string | string[] | int[] | int[][]';
  }
  return rule.type === 'boolean' ? 'true | false' : formatRange(rule);
}

function isWithin(rule: StopRule, value: unknown): boolean {
  if (!takesTextsOnly(rule)) return true;
  const { maxItems = Infinity, maxLength = Infinity } = rule;
  const texts = Array.isArray(value) ? value : [value];
  return (
    texts.length <= maxItems && texts.every((text) => typeof text === 'string' && text.length <= maxLength)
  );
}

/** A list holds texts or token ids, never both. */
function isStop(value: unknown): boolean {
  const isIds = (v: unknown): boolean =>
    Array.isArray(v) && v.length > 0 && v.every((id) => Number.isInteger(id) && id >= 0);
  const isText = (v: unknown): boolean => typeof v === 'string' && v.length > 0;
  if (isText(value) || isIds(value)) return true;
  return Array.isArray(value) && value.length > 0 && (value.every(isText) || value.every(isIds));
}
