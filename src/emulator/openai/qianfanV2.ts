/** Qianfan v2, Baidu's OpenAI-compatible interface. */

import { apiError } from '../apiError.ts';
import { checkBearerKey, type KeyRules } from '../bearerKey.ts';
import * as rule from '../parameterRules.ts';
import { createAsId } from '../qianfan/ids.ts';
import type { Dialect, RuleSubject } from './dialect.ts';
import { checkStreamOptions, commonParameters } from './parameters.ts';

export const qianfanV2: Dialect = {
  name: 'qianfan-v2',
  ownsPrefix: (prefix) => prefix.endsWith('/v2'),
  checkKey: (headers, options) => checkBearerKey(headers, options, keyRules),
  roles: ['system', 'user', 'assistant', 'tool'],
  parameters: {
    ...commonParameters,
    penalty_score: rule.float(
      (value) => value >= 1 && value <= 2,
      'penalty_score is invalid, should be in range [1.0, 2.0]',
    ),
    stop: rule.nullable(rule.shortStops),
    enable_thinking: rule.boolean,
    web_search: rule.object,
  },
  // No page says what a text model answers: code and words are a guess. Which models see is told by the page "图像理解".
  refuseImages: (model) =>
    /(^|-)vl\d?(-|$)|^ernie-4\.5-8k-preview$/.test(model)
      ? undefined
      : { status: 400, code: 'invalid_argument', message: `the model ${model} does not support image input` },
  checkTogether: checkStreamOptions,
  refuse: (about, message) => ({ ...subjects[about], message }),
  encodeError: ({ status, code, message }, requestId) =>
    JSON.stringify({ error: { code, message, type: errorType(status) }, id: requestId }),
  createRequestId: createAsId,
  models: ['ernie-4.5-turbo-128k', 'ernie-x1-turbo-32k', 'deepseek-v3', 'qwen3-32b', 'ernie-4.5-turbo-vl'],
};

const subjects: Readonly<Record<RuleSubject, { status: number; code: string }>> = {
  json: { status: 400, code: 'malformed_json' },
  method: { status: 405, code: 'method_not_supported' },
  model: { status: 400, code: 'invalid_model' },
  'no-model': { status: 400, code: 'invalid_model' },
  messages: { status: 400, code: 'invalid_messages' },
  parameter: { status: 400, code: 'invalid_argument' },
};

function errorType(status: number): string {
  if (status === 401 || status === 403) {
    return 'access_denied';
  }
  if (status === 429) {
    return 'rate_limit_exceeded';
  }
  return status >= 500 ? 'internal_error' : 'invalid_request_error';
}

const invalidToken = apiError(401, 'invalid_iam_token', 'Invalid IAM token');

const keyRules: KeyRules = {
  // The permanent kind is `bce-v3/ALTAK-…/…`.
  shape: /^bce-v3\/[^/\s]+\/[^/\s]+$/,
  missing: invalidToken,
  failures: {
    invalid: invalidToken,
    arrears: apiError(403, 'account_overdue', 'The account is in arrears.'),
    denied: apiError(401, 'invalid_model', 'No permission to use the model.'),
    'free-tier': apiError(
      429,
      'tpm_rate_limit_exceeded',
      'Rate limit reached for TPM: the free quota is used up.',
    ),
    throttled: apiError(429, 'rpm_rate_limit_exceeded', 'Rate limit reached for RPM'),
  },
};
