/** The members of a chat completions body that every OpenAI-compatible service shares. */

import * as rule from '../parameterRules.ts';
import { isPlainObject } from '../plainObject.ts';

const optional = (rules: Record<string, rule.ParameterRule>): Record<string, rule.ParameterRule> =>
  Object.fromEntries(Object.entries(rules).map(([name, check]) => [name, rule.nullable(check)]));

const penalty = (name: string): rule.ParameterRule =>
  rule.float((value) => value >= -2 && value <= 2, `${name} should be in [-2.0, 2.0]`);

const maxTokens = rule.integer(1, 1_000_000, 'max_tokens should be a positive integer');

/** `null` is the same as nothing for all of them. */
export const commonParameters: Readonly<Record<string, rule.ParameterRule>> = optional({
  stream: rule.boolean,
  stream_options: rule.object,
  temperature: rule.float((value) => value >= 0 && value <= 2, 'temperature should be in [0.0, 2.0]'),
  top_p: rule.float((value) => value >= 0 && value <= 1, 'top_p should be in [0.0, 1.0]'),
  max_tokens: maxTokens,
  max_completion_tokens: maxTokens,
  n: rule.integer(1, 128, 'n should be in [1, 128]'),
  seed: rule.integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 'seed should be an integer'),
  stop: (value) =>
    [value].flat().length <= 4 && [value].flat().every((item) => typeof item === 'string')
      ? undefined
      : 'stop should be a string or at most 4 strings',
  presence_penalty: penalty('presence_penalty'),
  frequency_penalty: penalty('frequency_penalty'),
  logprobs: rule.boolean,
  top_logprobs: rule.integer(0, 20, 'top_logprobs should be in [0, 20]'),
  response_format: rule.object,
  tools: rule.tools,
  tool_choice: (value) =>
    ['none', 'auto', 'required'].some((word) => word === value) || isPlainObject(value)
      ? undefined
      : 'tool_choice should be none, auto, required or an object',
  parallel_tool_calls: rule.boolean,
  reasoning_effort: rule.text,
  user: rule.text,
});

/** The rules of the shared members that concern each other. */
export function checkStreamOptions(body: Record<string, unknown>): string | undefined {
  return isPlainObject(body.stream_options) && body.stream !== true
    ? "The 'stream_options' parameter is only allowed when 'stream' is enabled."
    : undefined;
}
