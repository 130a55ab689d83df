/** The endpoints of an OpenAI-compatible service: chat completions and the list of models. */

import type { ApiError } from '../apiError.ts';
import type { AcceptedRequest, CheckOptions, Endpoint } from '../endpoint.ts';
import { isPlainObject } from '../plainObject.ts';
import type { RecordedRequest } from '../recordedRequest.ts';
import { checkMessages } from './checkMessages.ts';
import { createChunkEncoder } from './chunks.ts';
import type { Dialect } from './dialect.ts';

const chatSuffix = '/chat/completions';
const modelsSuffix = '/models';
const done = 'data: [DONE]\n\n';

export function createChatEndpoint(dialect: Dialect): Endpoint {
  return {
    name: dialect.name,
    serves: (path) => path.endsWith(chatSuffix) && dialect.ownsPrefix(path.slice(0, -chatSuffix.length)),
    wantsStream,
    check: (request, options) => checkRequest(request, dialect, options),
    streamHeaders: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    createRequestId: dialect.createRequestId,
    encodeError: dialect.encodeError,
    encodeErrorEvent: (error, requestId) => `data: ${dialect.encodeError(error, requestId)}\n\n`,
    endMark: done,
  };
}

/** `GET …/models`. */
export function createModelListEndpoint(dialect: Dialect): Endpoint {
  return {
    name: `${dialect.name}-models`,
    auxiliary: true,
    serves: (path) => path.endsWith(modelsSuffix) && dialect.ownsPrefix(path.slice(0, -modelsSuffix.length)),
    wantsStream: () => false,
    check({ method, headers }, options) {
      if (method !== 'GET') {
        return dialect.refuse('method', `Not allowed: ${method}`);
      }
      const reply = encodeList(options.modelList ?? dialect.models, dialect.name);
      return dialect.checkKey(headers, options) ?? { reply };
    },
    streamHeaders: {},
    createRequestId: dialect.createRequestId,
    encodeError: dialect.encodeError,
    encodeErrorEvent: (error, requestId) => `data: ${dialect.encodeError(error, requestId)}\n\n`,
  };
}

function wantsStream({ body }: RecordedRequest): boolean {
  return isPlainObject(body) && body.stream === true;
}

function checkRequest(
  request: RecordedRequest,
  dialect: Dialect,
  options: CheckOptions,
): AcceptedRequest | ApiError {
  const { body } = request;
  if (request.method !== 'POST') {
    return dialect.refuse('method', `Not allowed: ${request.method}`);
  }
  const refusal = dialect.checkKey(request.headers, options);
  if (refusal !== undefined) {
    return refusal;
  }
  if (!isPlainObject(body)) {
    return dialect.refuse('json', 'The body of the request is no JSON object.');
  }
  const { model, messages, ...parameters } = body;
  if (typeof model !== 'string' || model === '') {
    return dialect.refuse('model', 'you must provide a model parameter');
  }
  if (model.startsWith('no-such')) {
    return dialect.refuse(
      'no-model',
      `The model \`${model}\` does not exist or you do not have access to it.`,
    );
  }
  const checked = checkMessages(messages, dialect);
  if (typeof checked === 'string') {
    return dialect.refuse('messages', checked);
  }
  const refusedImages = checked.holdsImages ? dialect.refuseImages?.(model, options) : undefined;
  if (refusedImages !== undefined) {
    return refusedImages;
  }
  const problem = checkParameters(parameters, dialect, request.warnings);
  if (problem !== undefined) {
    return dialect.refuse('parameter', problem);
  }
  const { max_tokens: maxTokens, max_completion_tokens: maxCompletionTokens, stop } = parameters;
  const limit = maxCompletionTokens ?? maxTokens;
  return {
    model,
    stream: wantsStream(request),
    question: checked.question,
    images: checked.images,
    earlierTurns: checked.earlierTurns,
    parameters,
    inputTokens: checked.tokens,
    maxOutputTokens: typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY,
    stopTexts: [stop].flat().filter((text) => typeof text === 'string'),
    encoder: createChunkEncoder({
      model,
      laterToolIds: dialect.laterToolIds === true,
      ...readStreamOptions(parameters.stream_options),
    }),
  };
}

function checkParameters(
  sent: Record<string, unknown>,
  { parameters, checkTogether }: Dialect,
  warnings: string[],
): string | undefined {
  for (const [name, value] of Object.entries(sent)) {
    const rule = parameters[name];
    if (rule === undefined) {
      warnings.push(`${name} is not a documented member of the body`);
    }
    const problem = rule?.(value, name);
    if (problem !== undefined) {
      return problem;
    }
  }
  return checkTogether?.(sent);
}

/** `chunk_include_usage` is Qianfan's. */
function readStreamOptions(options: unknown): { includeUsage: boolean; usageOnEvery: boolean } {
  const given = isPlainObject(options) ? options : {};
  return { includeUsage: given.include_usage === true, usageOnEvery: given.chunk_include_usage === true };
}

function encodeList(ids: readonly string[], owner: string): string {
  const data = ids.map((id) => ({ id, object: 'model', created: 1_719_043_200, owned_by: owner }));
  return JSON.stringify({ object: 'list', data });
}
