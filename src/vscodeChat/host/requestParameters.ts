/** The parameters of a request from VS Code's chat or another extension. */

import type { ModelParameters, ParameterRules } from '../../llm/chatModel.ts';
import { isAllowed, parameterNames } from '../../llm/parameters.ts';

/** As OpenAI's API calls them; callers who know no Qiao use these. */
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
 * What a caller may set, by Qiao's name or OpenAI's, and only within the model's range: VS Code's own chat sends values
 * without knowing it. Everything else, such as VS Code's internal `_…` members, stays here.
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
