/** Qianfan v1: chat with a custom endpoint (Baidu's page for Dolly-12B). */

import type { ApiError } from '../apiError.ts';
import { verifySignature } from '../bce/verifySignature.ts';
import type { AcceptedRequest, CheckOptions, Endpoint } from '../endpoint.ts';
import * as rule from '../parameterRules.ts';
import { isPlainObject } from '../plainObject.ts';
import type { RecordedRequest } from '../recordedRequest.ts';
import { checkMessages } from './checkMessages.ts';
import {
  encodeError,
  expiredToken,
  invalidJson,
  invalidParameter,
  invalidToken,
  noSuchEndpoint,
  noToken,
  wrongMethod,
} from './errors.ts';
import { createAsId } from './ids.ts';
import { sentenceEncoder } from './sentences.ts';

const root = '/rpc/2.0/ai_custom/v1/wenxinworkshop/';

export const qianfanChatEndpoint: Endpoint = {
  name: 'qianfan-v1',
  serves: (path) => path.startsWith(root),
  wantsStream,
  check: checkRequest,
  streamHeaders: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
  createRequestId: createAsId,
  encodeError,
  encodeErrorEvent: (error, requestId) => `data: ${encodeError(error, requestId)}\n\n`,
};

/** The body decides: vendor clients send `Accept: application/json` for streams too. */
function wantsStream({ body }: RecordedRequest): boolean {
  return isPlainObject(body) && body.stream === true;
}

function checkRequest(request: RecordedRequest, options: CheckOptions): AcceptedRequest | ApiError {
  const { body, warnings } = request;
  const endpoint = endpointOf(request.path);
  if (endpoint === undefined) {
    return noSuchEndpoint;
  }
  if (request.method !== 'POST') {
    return wrongMethod;
  }
  const refusal = checkAuthorization(request, options);
  if (refusal !== undefined) {
    return refusal;
  }
  if (!isPlainObject(body)) {
    return invalidJson;
  }
  if (!request.headers['content-type']?.startsWith('application/json')) {
    warnings.push('content-type is not application/json');
  }
  const { messages, ...parameters } = body;
  const checked = checkMessages(messages, warnings);
  const problem = 'code' in checked ? checked : checkParameters(parameters, warnings);
  if ('code' in checked || problem !== undefined) {
    return problem ?? invalidJson;
  }
  return {
    model: endpoint,
    stream: wantsStream(request),
    question: checked.question,
    images: [],
    earlierTurns: checked.earlierTurns,
    parameters,
    inputTokens: checked.tokens,
    maxOutputTokens: Number.POSITIVE_INFINITY,
    stopTexts: [parameters.stop ?? []].flat().filter((text) => typeof text === 'string'),
    headers: {
      'content-type': 'application/json;charset=utf-8',
      statement: 'AI-generated',
      ...rateLimitHeaders(checked.tokens),
    },
    encoder: sentenceEncoder,
  };
}

/** Endpoints whose names begin with `no-such` do not exist. */
function endpointOf(path: string): string | undefined {
  const name = /^chat\/([^/]+)$/.exec(path.slice(root.length))?.[1];
  return name === undefined || name.startsWith('no-such') ? undefined : name;
}

function checkParameters(sent: Record<string, unknown>, warnings: string[]): ApiError | undefined {
  for (const [name, value] of Object.entries(sent)) {
    const check = rules[name];
    if (check === undefined) {
      warnings.push(`${name} is not on the model's page`);
    }
    const problem = check?.(value, name);
    if (problem !== undefined) {
      return invalidParameter(problem);
    }
  }
  return undefined;
}

/** As for the first request of a minute. */
const rateLimitHeaders = (tokens: number): Record<string, string> => ({
  'x-ratelimit-limit-requests': '300',
  'x-ratelimit-limit-tokens': '300000',
  'x-ratelimit-remaining-requests': '299',
  'x-ratelimit-remaining-tokens': String(300_000 - tokens),
});

/** An access token in the query, or a signature in `Authorization`. Adds to `request.warnings`. */
function checkAuthorization(request: RecordedRequest, options: CheckOptions): ApiError | undefined {
  const token = request.query.access_token;
  if (token === undefined && (request.headers.authorization ?? '') !== '') {
    return verifySignature(request, options.iamKeys);
  }
  if (token === undefined || token === '') {
    return noToken;
  }
  const state = options.tokens.state(token);
  return state === 'valid' ? undefined : state === 'expired' ? expiredToken : invalidToken;
}

/** The body's members besides `messages`, as the endpoint's page lists them. Others are tolerated: vendor clients send some. */
const rules: Readonly<Record<string, rule.ParameterRule>> = {
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
