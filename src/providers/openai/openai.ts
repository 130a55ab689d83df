/** Descriptor and adapter of OpenAI's chat completions, which Qianfan v2, Ollama, vLLM and gateways speak, too. */

import { translatable } from '../../base/common/translatable.ts';
import type { ChatMessage, ChatRequest, ImageContent, ModelInfo } from '../../llm/chatModel.ts';
import { selectParameters } from '../../llm/parameters.ts';
import { createReplayModel } from '../answerStream.ts';
import { habitsOf, type ThinkingSwitch } from '../catalog/modelHabits.ts';
import { checkMessages, checkParameters } from '../checks.ts';
import type { HttpRequest } from '../http/http.ts';
import { checkImages, toDataUrl } from '../messages/images.ts';
import { memberNames, toMessages, toTools } from '../messages/requestMessages.ts';
import type { Protocol } from '../protocol.ts';
import type { ProtocolAdapter } from '../protocolAdapter.ts';
import { asksForStream, type ReplayModel } from '../rawRequest.ts';
import { failsByAddress, findVersion, openAIUrl } from './address.ts';
import { type Concessions, concessionsFor, learnFrom } from './concessions.ts';
import { openAIHeaders } from './headers.ts';
import { describeOpenAIModel } from './openaiCatalog.ts';
import { createOpenAIDecoder } from './openaiDecoder.ts';
import { readOpenAIFailure } from './openaiErrors.ts';
import { type OpenAIConnection, openAIProviders } from './openaiProviders.ts';

const providerId = 'openai';

export const openai: Protocol<OpenAIConnection> = {
  id: providerId,
  name: 'OpenAI',
  detail: translatable('Qianfan v2, DashScope’s compatible mode, Ollama and others'),
  providers: openAIProviders,
  createModel: createOpenAIModel,
  createDecoder: (output) => createOpenAIDecoder(output),
  recognize(text) {
    const chunk = /"object"\s*:\s*"chat\.completion|"choices"\s*:\s*\[\s*\{[^{}]*"(delta|message)"\s*:/;
    if (chunk.test(text)) return /"output"\s*:\s*\{/.test(text) ? 1 : 2;
    return /"choices"\s*:\s*\[|"error"\s*:\s*\{/.test(text) ? 1 : 0;
  },
  prepare: prepareOpenAIRequest,
  snippet: {
    auth: ({ apiKey }) => (apiKey ? 'bearer' : 'none'),
    documentedPath: '/chat/completions',
    answer: { result: 'choices.0.message.content', piece: 'choices.0.delta.content', error: 'error' },
  },
  async listModels(connection, signal) {
    const { listModels } = await import('./modelList.ts');
    return listModels(connection, signal);
  },
  async probe(connection, signal) {
    const { listModels } = await import('./modelList.ts');
    return { models: (await listModels(connection, signal)).length };
  },
};

function createOpenAIModel(connection: OpenAIConnection, modelId: string): ReplayModel {
  const info = describeOpenAIModel(modelId);
  const adapter: ProtocolAdapter = {
    providerId,
    connection,
    secrets: connection.apiKey ? [connection.apiKey] : [],
    prepare: (request) => prepareOpenAIRequest(connection, modelId, request),
    prepareRaw: (raw) => ({ ...toEnvelope(connection, asksForStream(raw)), body: raw.body }),
    createDecoder: ({ tools = [] }, output) =>
      createOpenAIDecoder(
        output,
        tools.map(({ name }) => name),
      ),
    readFailure: (status, body) => readOpenAIFailure(status, body, modelId),
    recover(failure, sent, { recorded }) {
      if (failsByAddress(failure)) return findVersion(connection.baseUrl, sent.url);
      // A recorded body is sent unchanged.
      return !recorded && learnFrom(failure, sent.body ?? '', connection.baseUrl, modelId);
    },
  };
  return createReplayModel(info, adapter);
}

/** The request for an answer. Throws a `ChatError` (`invalid-request`, `unauthorized`). */
function prepareOpenAIRequest(
  connection: OpenAIConnection,
  modelId: string,
  request: ChatRequest,
): HttpRequest {
  const info = describeOpenAIModel(modelId);
  checkParameters(providerId, info, request.parameters ?? {}, memberNames);
  checkMessages(providerId, request);
  checkImages(providerId, info, request.messages);
  const streaming = request.parameters?.stream !== false;
  const envelope = toEnvelope(connection, streaming);
  const habits = habitsOf(envelope.url, modelId);
  const concessions = concessionsFor(connection.baseUrl, modelId);
  const messages = habits.refusesSystem
    ? request.messages.filter(({ role }) => role !== 'system')
    : concessions.mergesSystem
      ? mergeSystem(request.messages)
      : request.messages;
  const body = {
    model: info.id,
    messages: toMessages(messages, {
      toContent,
      toReasoning({ reasoning, toolCalls }) {
        if (!toolCalls?.length || concessions.reasoning === 'never') return undefined;
        if (concessions.reasoning === 'always') return reasoning ?? '';
        return habits.wantsReasoning ? reasoning : undefined;
      },
    }),
    stream: streaming,
    ...(streaming ? { stream_options: { include_usage: true } } : {}),
    ...toRequestParameters(connection, info, habits.thinking, request),
    ...(request.tools?.length ? { tools: toTools(request.tools) } : {}),
    ...(request.tools?.length && request.toolChoice === 'required' ? { tool_choice: 'required' } : {}),
  };
  return { ...envelope, body: JSON.stringify(concede(body, concessions)) };
}

/** Applies what was learned from the server's refusals. */
function concede(body: Record<string, unknown>, { without, newerLimit }: Concessions): object {
  const entries = Object.entries(body).map(([name, value]): [string, unknown] => [
    newerLimit && name === 'max_tokens' ? 'max_completion_tokens' : name,
    value,
  ]);
  return Object.fromEntries(entries.filter(([name]) => !without.has(name)));
}

/** For servers without the role `system`: prepends its text to the first question. */
function mergeSystem(messages: readonly ChatMessage[]): ChatMessage[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const rest = messages.filter(({ role }) => role !== 'system');
  const at = rest.findIndex(({ role }) => role === 'user');
  const first = rest[at];
  if (!first) return rest;
  return rest.with(at, { ...first, content: [...system, first.content].join('\n\n') });
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
 * A list of parts only with images: text models of some services refuse lists. Data URLs as in OpenAI's reference,
 * Qianfan v2's page "图像理解" and DashScope's "OpenAI-compatible – Vision".
 */
function toContent(text: string, images: readonly ImageContent[]): string | object[] {
  if (images.length === 0) return text;
  return [
    ...images.map((image) => ({ type: 'image_url', image_url: { url: toDataUrl(image) } })),
    ...(text === '' ? [] : [{ type: 'text', text }]),
  ];
}

/** Qianfan v2 names the repetition penalty differently. */
function toRequestParameters(
  { dialect }: OpenAIConnection,
  info: ModelInfo,
  thinking: ThinkingSwitch,
  { parameters = {} }: ChatRequest,
): object {
  const names: Record<string, string> =
    dialect === 'qianfan' ? { ...memberNames, repetitionPenalty: 'penalty_score' } : memberNames;
  const { enableThinking, thinkingBudget, ...selected } = selectParameters(info.parameters, parameters);
  return {
    ...Object.fromEntries(Object.entries(selected).map(([name, value]) => [names[name] ?? name, value])),
    ...toThinking(thinking, enableThinking, thinkingBudget),
  };
}

/** Only DashScope's switch takes a budget; for the others it is dropped. */
function toThinking(
  thinking: ThinkingSwitch,
  enabled: boolean | undefined,
  budget: number | undefined,
): object {
  if (thinking === 'enable_thinking') {
    return {
      ...(enabled === undefined ? {} : { enable_thinking: enabled }),
      ...(budget === undefined ? {} : { thinking_budget: budget }),
    };
  }
  if (enabled === undefined) return {};
  switch (thinking) {
    case 'thinking':
      return { thinking: { type: enabled ? 'enabled' : 'disabled' } };
    case 'chat_template_kwargs':
      return { chat_template_kwargs: { enable_thinking: enabled } };
    case 'reasoning_effort':
      return { reasoning_effort: enabled ? 'medium' : 'none' };
  }
}
