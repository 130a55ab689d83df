/** Chat completions as OpenAI defined them: Qianfan v2, DashScope's compatible mode, Ollama, vLLM, gateways. */

import type { ChatRequest, ImageContent, ModelInfo } from '../core/chatModel.ts';
import { selectParameters } from '../core/parameters.ts';
import { checkApiKey, checkBaseUrl, checkMessages, checkParameters } from './checks.ts';
import type { OpenAIConnection } from './connection.ts';
import { streamAnswer, streamRaw } from './exchange.ts';
import type { HttpRequest } from './http.ts';
import { checkImages, toDataUrl } from './images.ts';
import { describeOpenAIModel } from './openaiCatalog.ts';
import { createOpenAIDecoder } from './openaiDecoder.ts';
import { readOpenAIFailure } from './openaiErrors.ts';
import { asksForStream, type ReplayModel } from './rawRequest.ts';
import type { Wire } from './wire.ts';
import { lowerCaseNames, toWireMessages, toWireTools, wireNames } from './wireMessages.ts';

const providerId = 'openai';

export function createOpenAIModel(connection: OpenAIConnection, modelId: string): ReplayModel {
  const info = describeOpenAIModel(modelId);
  const wire: Wire = {
    providerId,
    timeouts: connection.timeouts,
    limits: connection.limits,
    retry: connection.retry,
    network: connection.network,
    observer: connection.observer,
    secrets: connection.apiKey ? [connection.apiKey] : [],
    prepare: (request) => prepareOpenAIRequest(connection, modelId, request),
    prepareRaw: (raw) => ({ ...toEnvelope(connection, asksForStream(raw)), body: raw.body }),
    createDecoder: (_request, emit) => createOpenAIDecoder(emit),
    readFailure: readOpenAIFailure,
  };
  return {
    info,
    stream: (request, signal) => streamAnswer(wire, request, signal),
    replay: (request, signal) => streamRaw(wire, request, signal),
  };
}

/** `baseUrl` with one `/` between it and the path, whether or not the address was pasted with a path behind it. */
export function openAIUrl(baseUrl: string, path: 'chat/completions' | 'models'): string {
  return `${checkBaseUrl(providerId, baseUrl, '/chat/completions')}/${path}`;
}

export function openAIHeaders({ apiKey, headers }: OpenAIConnection): Record<string, string> {
  if (apiKey !== undefined) checkApiKey(providerId, apiKey);
  return { ...lowerCaseNames(headers), ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) };
}

/** What asks the model. */
export function prepareOpenAIRequest(
  connection: OpenAIConnection,
  modelId: string,
  request: ChatRequest,
): HttpRequest {
  const info = describeOpenAIModel(modelId);
  checkParameters(providerId, info, request.parameters ?? {}, wireNames);
  checkMessages(providerId, request);
  checkImages(providerId, info, request.messages);
  const streaming = request.parameters?.stream !== false;
  return {
    ...toEnvelope(connection, streaming),
    body: JSON.stringify({
      model: info.id,
      messages: toWireMessages(request.messages, toContent),
      stream: streaming,
      ...(streaming ? { stream_options: { include_usage: true } } : {}),
      ...toWireParameters(connection, info, request),
      ...(request.tools?.length ? { tools: toWireTools(request.tools) } : {}),
      ...(request.tools?.length && request.toolChoice === 'required' ? { tool_choice: 'required' } : {}),
    }),
  };
}

/** The request without its body. */
function toEnvelope(connection: OpenAIConnection, streaming: boolean): HttpRequest {
  return {
    url: openAIUrl(connection.baseUrl, 'chat/completions'),
    headers: {
      ...openAIHeaders(connection),
      'content-type': 'application/json',
      accept: streaming ? 'text/event-stream' : 'application/json',
    },
  };
}

/**
 * Parts only where there are images: text models of some services refuse a list. Data URLs as OpenAI's reference, Qianfan
 * v2's page "图像理解" and DashScope's "OpenAI-compatible – Vision" have them.
 */
function toContent(text: string, images: readonly ImageContent[]): string | object[] {
  if (images.length === 0) return text;
  return [
    ...images.map((image) => ({ type: 'image_url', image_url: { url: toDataUrl(image) } })),
    ...(text === '' ? [] : [{ type: 'text', text }]),
  ];
}

/** Qianfan v2 has a name of its own for the repetition penalty. */
function toWireParameters(
  { dialect }: OpenAIConnection,
  info: ModelInfo,
  { parameters = {} }: ChatRequest,
): object {
  const names: Record<string, string> =
    dialect === 'qianfan' ? { ...wireNames, repetitionPenalty: 'penalty_score' } : wireNames;
  const selected = Object.entries(selectParameters(info.parameters, parameters));
  return Object.fromEntries(selected.map(([name, value]) => [names[name] ?? name, value]));
}
