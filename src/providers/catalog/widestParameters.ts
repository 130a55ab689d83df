/** The widest documented parameter ranges of any service. */

import type { ParameterRules } from '../../llm/chatModel.ts';

/** For models whose own ranges are unknown. */
export const widestParameters = {
  topK: { type: 'integer', min: 0 },
  maxOutputTokens: { type: 'integer', min: 1 },
  seed: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
  repetitionPenalty: { type: 'number', min: 0, minExclusive: true },
  presencePenalty: { type: 'number', min: -2, max: 2 },
  stop: { type: 'stop' },
  enableThinking: { type: 'boolean' },
  thinkingBudget: { type: 'integer', min: 1 },
} satisfies ParameterRules;
