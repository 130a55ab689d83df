/** The body's members besides `messages`, as the page of a custom endpoint (Dolly-12B) lists them. */

import * as rule from '../parameterRules.ts';

/** Others are tolerated: vendor clients send some. */
export const parameters: Readonly<Record<string, rule.ParameterRule>> = {
  stream: rule.boolean,
  temperature: rule.float(
    (value) => value > 0 && value <= 1,
    'temperature is invalid, should be in range (0, 1.0]',
  ),
  top_k: rule.integer(1, Number.MAX_SAFE_INTEGER, 'top_k is invalid, should be a positive integer'),
  top_p: rule.float((value) => value >= 0 && value <= 1, 'top_p is invalid, should be in range [0, 1.0]'),
  penalty_score: rule.float(
    (value) => value >= 1 && value <= 2,
    'penalty_score is invalid, should be in range [1.0, 2.0]',
  ),
  stop: rule.shortStops,
  user_id: rule.text,
};
