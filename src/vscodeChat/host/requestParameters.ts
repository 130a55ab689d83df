/** Reads the model options of a request from VS Code's chat or another extension. */

import type { ModelParameters, ParameterRules } from '../../llm/chatModel.ts';
import { isAllowed, parameterNames } from '../../llm/parameters.ts';

/** OpenAI's names, which other extensions use. */
const otherNames: Readonly<Record<string, string>> = {
  topP: 'top_p',
  topK: 'top_k',
  maxOutputTokens: 'max_tokens',
  repetitionPenalty: 'repetition_penalty',
  presencePenalty: 'presence_penalty',
  enableThinking: 'enable_thinking',
  thinkingBudget: 'thinking_budget',
};

/**
 * Accepts Qiao's and OpenAI's names, and only values within the model's range: VS Code's chat does not know it. Drops
 * everything else, such as VS Code's internal `_…` members.
 */
export function readModelOptions(
  options: Readonly<Record<string, unknown>>,
  rules: ParameterRules,
): ModelParameters {
  const entries = parameterNames.flatMap((name) => {
    const rule = rules[name];
    const value = options[name] ?? options[otherNames[name] ?? name];
    return rule && value !== undefined && isAllowed(rule, value) ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}
