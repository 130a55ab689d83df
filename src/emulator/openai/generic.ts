/** An OpenAI-compatible service of no vendor in particular, as Ollama, vLLM or a gateway are. */

import { randomUUID } from 'node:crypto';
import { apiError } from '../apiError.ts';
import { checkBearerKey, type KeyRules } from '../bearerKey.ts';
import type { Dialect, RuleSubject } from './dialect.ts';
import { checkStreamOptions, commonParameters } from './parameters.ts';

export const generic: Dialect = {
  name: 'openai',
  ownsPrefix: () => true,
  checkKey: (headers, options) =>
    options.requireKey === false && headers.authorization === undefined
      ? undefined
      : checkBearerKey(headers, options, keyRules),
  roles: ['system', 'developer', 'user', 'assistant', 'tool', 'function'],
  parameters: commonParameters,
  checkTogether: checkStreamOptions,
  refuse: (about, message) => ({ ...subjects[about], message }),
  encodeError: ({ status, code, message }) =>
    JSON.stringify({ error: { message, type: errorType(status), param: null, code } }),
  createRequestId: () => `chatcmpl-${randomUUID()}`,
  models: ['demo-small', 'demo-large'],
};

const subjects: Readonly<Record<RuleSubject, { status: number; code: string }>> = {
  json: { status: 400, code: 'invalid_json' },
  method: { status: 405, code: 'method_not_allowed' },
  model: { status: 400, code: 'missing_required_parameter' },
  'no-model': { status: 404, code: 'model_not_found' },
  messages: { status: 400, code: 'invalid_value' },
  parameter: { status: 400, code: 'invalid_value' },
};

function errorType(status: number): string {
  if (status === 429) {
    return 'rate_limit_error';
  }
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}

const keyRules: KeyRules = {
  shape: /./,
  missing: apiError(401, 'invalid_api_key', "You didn't provide an API key."),
  failures: {
    invalid: apiError(401, 'invalid_api_key', 'Incorrect API key provided.'),
    arrears: apiError(429, 'insufficient_quota', 'You exceeded your current quota, please check your plan.'),
    denied: apiError(403, 'access_denied', 'You are not allowed to use this model.'),
    'free-tier': apiError(429, 'insufficient_quota', 'The free quota has been used up.'),
    throttled: apiError(429, 'rate_limit_exceeded', 'Rate limit reached for requests.'),
  },
};
