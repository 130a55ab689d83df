/** Chat completions as OpenAI defined them: Qianfan v2, DashScope's compatible mode, Ollama, vLLM, gateways. */

import { ChatError } from '../core/chatError.ts';
import type { ChatModel, ChatRequest, ModelInfo } from '../core/chatModel.ts';
import { selectParameters } from '../core/parameters.ts';
import { checkMessages, checkParameters, invalidRequest } from './checks.ts';
import type { OpenAIConnection } from './connection.ts';
import { streamAnswer } from './exchange.ts';
import type { HttpRequest } from './http.ts';
import { describeOpenAIModel } from './openaiCatalog.ts';
import { createOpenAIDecoder } from './openaiDecoder.ts';
import { readOpenAIFailure } from './openaiErrors.ts';
import type { Wire } from './wire.ts';
import { toWireMessages, toWireTools } from './wireMessages.ts';

const providerId = 'openai';

export function createOpenAIModel(connection: OpenAIConnection, modelId: string): ChatModel {
  const info = describeOpenAIModel(modelId);
  const wire: Wire = {
    providerId,
    timeouts: connection.timeouts,
    retry: connection.retry,
    network: connection.network,
    secrets: connection.apiKey ? [connection.apiKey] : [],
    prepare: (request) => prepareRequest(connection, info, request),
    createDecoder: (_request, emit) => createOpenAIDecoder(emit),
    readFailure: readOpenAIFailure,
  };
  return { info, stream: (request, signal) => streamAnswer(wire, request, signal) };
}

/** `baseUrl` with one `/` between it and the path, whether or not the address was pasted with a path behind it. */
export function openAIUrl(baseUrl: string, path: 'chat/completions' | 'models'): string {
  const base = baseUrl
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/chat\/completions$/, '');
  if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol)) {
    throw invalidRequest(providerId, `The base URL "${baseUrl}" is not an http or https address.`);
  }
  return `${base}/${path}`;
}

export function openAIHeaders({ apiKey, headers }: OpenAIConnection): Record<string, string> {
  if (apiKey !== undefined && !/^[\x21-\x7E]*$/.test(apiKey)) {
    const message = 'The API key holds characters that no key has (spaces, line breaks or other scripts).';
    throw new ChatError({ kind: 'unauthorized', providerId, message });
  }
  return { ...headers, ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) };
}

function prepareRequest(connection: OpenAIConnection, info: ModelInfo, request: ChatRequest): HttpRequest {
  checkParameters(providerId, info, request.parameters ?? {}, wireNames);
  checkMessages(providerId, request);
  const streaming = request.parameters?.stream !== false;
  return {
    url: openAIUrl(connection.baseUrl, 'chat/completions'),
    headers: {
      ...openAIHeaders(connection),
      'content-type': 'application/json',
      accept: streaming ? 'text/event-stream' : 'application/json',
    },
    body: JSON.stringify({
      model: info.id,
      messages: toWireMessages(request.messages),
      stream: streaming,
      ...(streaming ? { stream_options: { include_usage: true } } : {}),
      ...toWireParameters(connection, info, request),
      ...(request.tools?.length ? { tools: toWireTools(request.tools) } : {}),
    }),
  };
}

const wireNames = {
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  maxOutputTokens: 'max_tokens',
  seed: 'seed',
  stop: 'stop',
  repetitionPenalty: 'repetition_penalty',
  presencePenalty: 'presence_penalty',
  enableThinking: 'enable_thinking',
  thinkingBudget: 'thinking_budget',
} as const;

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
