/** DashScope's native protocol: Alibaba's pages for Baichuan, Qwen and Yi, and the newer reference. */

import type { ApiError } from '../apiError.ts';
import type { AcceptedRequest, CheckOptions, Endpoint } from '../endpoint.ts';
import { isPlainObject } from '../plainObject.ts';
import type { RecordedRequest } from '../recordedRequest.ts';
import { checkAuthorization } from './authorization.ts';
import { checkInput } from './checkInput.ts';
import { checkParameters } from './checkParameters.ts';
import {
  emptyModel,
  invalidBody,
  invalidParameter,
  modelNotFound,
  pathNotFound,
  unsupportedMediaType,
  wrongService,
} from './errors.ts';
import { createFrameEncoder, frame } from './frames.ts';
import { findModelRules } from './modelRules.ts';

const textPath = '/api/v1/services/aigc/text-generation/generation';
const multimodalPath = '/api/v1/services/aigc/multimodal-generation/generation';

export const dashScopeEndpoint: Endpoint = {
  name: 'dashscope',
  serves: (path) => path.startsWith('/api/v1/services/'),
  wantsStream,
  check: checkRequest,
  streamHeaders: { 'content-type': 'text/event-stream;charset=UTF-8', 'cache-control': 'no-cache' },
  encodeError,
  encodeErrorEvent: (error, requestId, eventNumber) =>
    frame({
      number: eventNumber,
      event: 'error',
      status: error.status,
      data: encodeError(error, requestId),
    }),
};

function encodeError({ code, message }: ApiError, requestId: string): string {
  return JSON.stringify({ code, message, request_id: requestId });
}

/** Either header is enough; the Qwen page names `text/event-stream` as a content type as well. */
function wantsStream({ headers }: RecordedRequest): boolean {
  const sse = headers['x-dashscope-sse'];
  return (
    (typeof sse === 'string' && sse.toLowerCase() === 'enable') ||
    headers.accept?.includes('text/event-stream') === true ||
    headers['content-type']?.startsWith('text/event-stream') === true
  );
}

function checkRequest(request: RecordedRequest, options: CheckOptions): AcceptedRequest | ApiError {
  const { body, warnings } = request;
  const refusal = checkEnvelope(request, options);
  if (refusal !== undefined) {
    return refusal;
  }
  if (!isPlainObject(body)) {
    return invalidBody;
  }
  const { model } = body;
  if (typeof model !== 'string' || model === '') {
    return emptyModel;
  }
  const { rules, onPage } = findModelRules(model, options.multimodalModels);
  if (model.startsWith('no-such') || (options.models === 'catalog' && !onPage)) {
    return modelNotFound;
  }
  if (request.path !== (rules.multimodal === true ? multimodalPath : textPath)) {
    return wrongService;
  }
  for (const name of Object.keys(body).filter((key) => !['model', 'input', 'parameters'].includes(key))) {
    warnings.push(`${name} is not a documented member of the body`);
  }
  const stream = wantsStream(request);
  const input = checkInput(body.input, rules, warnings);
  if ('code' in input) {
    return input;
  }
  const messages = input.form === 'messages';
  const checked = checkParameters(body.parameters, { model, rules, stream, messages, warnings });
  if ('code' in checked) {
    return checked;
  }
  const { parameters } = checked;
  const { max_tokens: maxTokens, stop, result_format: format, incremental_output: incremental } = parameters;
  return {
    model,
    stream,
    question: input.question,
    images: input.images,
    earlierTurns: input.earlierTurns,
    parameters,
    inputTokens: input.tokens,
    maxOutputTokens: typeof maxTokens === 'number' ? maxTokens : rules.defaultMaxTokens,
    stopTexts: [stop].flat().filter((text) => typeof text === 'string'),
    encoder: createFrameEncoder({
      ...rules.answer,
      resultFormat:
        rules.answer.fixedFormat ??
        (format === 'text' || format === 'message' ? format : rules.answer.resultFormat),
      incremental: typeof incremental === 'boolean' ? incremental : rules.answer.incremental,
    }),
  };
}

/** Everything that stands around the JSON body. */
function checkEnvelope(request: RecordedRequest, options: CheckOptions): ApiError | undefined {
  const { method, path, headers, warnings } = request;
  if (path !== textPath && path !== multimodalPath) {
    return path.startsWith('/api/v1/services/aigc/') ? wrongService : pathNotFound;
  }
  if (method !== 'POST') {
    return invalidParameter(`Request method '${method}' is not supported.`);
  }
  const refusal = checkAuthorization(headers, options);
  if (refusal !== undefined) {
    return refusal;
  }
  const contentType = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (contentType === 'text/event-stream') {
    warnings.push('content-type is text/event-stream although the body is JSON');
  } else if (contentType !== 'application/json') {
    return unsupportedMediaType;
  }
  return undefined;
}
