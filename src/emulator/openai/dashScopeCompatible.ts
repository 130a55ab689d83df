/** DashScope's OpenAI-compatible mode. */

import { randomUUID } from 'node:crypto';
import { apiError } from '../apiError.ts';
import { checkBearerKey, type KeyRules } from '../bearerKey.ts';
import { imageErrors } from '../dashScope/errors.ts';
import { isMultimodal } from '../dashScope/modelRules.ts';
import * as rule from '../parameterRules.ts';
import type { Dialect, RuleSubject } from './dialect.ts';
import { checkStreamOptions, commonParameters } from './parameters.ts';

const invalid = { status: 400, code: 'invalid_parameter_error' };

/** Observed error messages begin like this. */
const algorithmMessage = (message: string): string => `<400> InternalError.Algo.InvalidParameter: ${message}`;

export const dashScopeCompatible: Dialect = {
  name: 'dashscope-compatible',
  ownsPrefix: (prefix) => prefix.endsWith('/compatible-mode/v1'),
  checkKey: (headers, options) => checkBearerKey(headers, options, keyRules),
  roles: ['system', 'developer', 'user', 'assistant', 'tool'],
  parameters: {
    ...commonParameters,
    temperature: rule.nullable(
      rule.float((value) => value >= 0 && value < 2, 'Temperature should be in [0.0, 2.0)'),
    ),
    top_p: rule.nullable(
      rule.float((value) => value > 0 && value <= 1, 'Range of top_p should be (0.0, 1.0]'),
    ),
    top_k: rule.nullable(
      rule.integer(0, Number.MAX_SAFE_INTEGER, 'Parameter top_k be greater than or equal to 0'),
    ),
    repetition_penalty: rule.float((value) => value > 0, 'Repetition_penalty should be greater than 0.0'),
    enable_thinking: rule.boolean,
    thinking_budget: rule.integer(1, 131_072, 'thinking_budget should be a positive integer'),
    enable_search: rule.boolean,
    search_options: rule.object,
    n: rule.nullable(rule.integer(1, 4, 'Range of n should be [1, 4]')),
  },
  imageProblems: {
    'no-url': algorithmMessage(imageErrors['no-url'].message),
    'too-large': algorithmMessage(imageErrors['too-large'].message),
    unreadable: algorithmMessage(imageErrors.unreadable.message),
    'wrong-size': algorithmMessage(imageErrors['wrong-size'].message),
  },
  refuseImages: (model, { multimodalModels }) =>
    isMultimodal(model, multimodalModels)
      ? undefined
      : {
          ...invalid,
          message: algorithmMessage(
            'The provided messages input is invalid. The error info is [Unexpected item type in content.]',
          ),
        },
  checkTogether: (body) =>
    body.enable_thinking === true && body.stream !== true
      ? 'parameter.enable_thinking must be set to false for non-streaming calls'
      : checkStreamOptions(body),
  refuse: (about, message) => ({ ...subjects[about], message }),
  encodeError: ({ status, code, message }, requestId) =>
    JSON.stringify({
      error: {
        message,
        type: status === 400 || status === 401 ? 'invalid_request_error' : code,
        param: null,
        code,
      },
      id: `chatcmpl-${requestId.replace(/^chatcmpl-/, '')}`,
      request_id: requestId.replace(/^chatcmpl-/, ''),
    }),
  createRequestId: () => `chatcmpl-${randomUUID()}`,
  laterToolIds: true,
  models: ['qwen-plus', 'qwen-max', 'qwen3-32b', 'qwen-vl-max'],
};

const subjects: Readonly<Record<RuleSubject, { status: number; code: string }>> = {
  json: invalid,
  method: { status: 405, code: 'invalid_parameter_error' },
  model: invalid,
  'no-model': { status: 404, code: 'model_not_found' },
  messages: invalid,
  parameter: invalid,
};

const keyRules: KeyRules = {
  // Keys of the coding subscription (`sk-sp-…`) work only at their own address.
  shape: /^sk-(?!sp-)\S+$/,
  missing: apiError(401, 'invalid_api_key', "You didn't provide an API key."),
  failures: {
    invalid: apiError(401, 'invalid_api_key', 'Incorrect API key provided.'),
    arrears: apiError(400, 'Arrearage', 'Access denied, please make sure your account is in good standing.'),
    denied: apiError(403, 'access_denied', 'Access denied.'),
    'free-tier': apiError(429, 'insufficient_quota', 'Free allocated quota exceeded.'),
    throttled: apiError(429, 'limit_requests', 'You exceeded your current requests list.'),
  },
};
