/** Alibaba DashScope's native protocol: `POST {host}/api/v1/services/aigc/text-generation/generation`. */

import { ChatError, type ClientErrorCode } from '../core/chatError.ts';
import type { ChatModel, ChatRequest, ModelInfo, ModelParameters } from '../core/chatModel.ts';
import { findParameterProblems, selectParameters } from '../core/parameters.ts';
import type { DashScopeConnection } from './connection.ts';
import { findDashScopeModel } from './dashscopeCatalog.ts';
import { createDashScopeDecoder } from './dashscopeDecoder.ts';
import { readDashScopeFailure } from './dashscopeErrors.ts';
import { dashScopeHosts } from './dashscopeRegions.ts';
import { streamAnswer } from './exchange.ts';
import type { HttpRequest } from './http.ts';
import type { Wire } from './wire.ts';

const providerId = 'dashscope';

const generationPath = '/api/v1/services/aigc/text-generation/generation';

export function createDashScopeModel(connection: DashScopeConnection, modelId: string): ChatModel {
  const info = findDashScopeModel(modelId);
  const wire: Wire = {
    providerId,
    timeouts: connection.timeouts,
    secrets: [connection.apiKey],
    prepare: (request) => prepareRequest(connection, info, request),
    createDecoder: (request, emit) =>
      createDashScopeDecoder({ incremental: asksForIncrements(info, request.parameters ?? {}), emit }),
    readFailure: readDashScopeFailure,
  };
  return { info, stream: (request, signal) => streamAnswer(wire, request, signal) };
}

function prepareRequest(connection: DashScopeConnection, info: ModelInfo, request: ChatRequest): HttpRequest {
  const parameters = request.parameters ?? {};
  checkRequest(info, request);
  const streaming = parameters.stream !== false;
  const { apiKey, workspaceId } = connection;
  if (apiKey.trim() === '')
    throw new ChatError({ kind: 'missing-key', providerId, message: 'No API key is set.' });
  if (!/^[\x21-\x7E]+$/.test(apiKey)) {
    const message = 'The API key holds characters that no key has (spaces, line breaks or other scripts).';
    throw new ChatError({ kind: 'unauthorized', providerId, message });
  }
  return {
    url: generationUrl(connection.baseUrl),
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      accept: streaming ? 'text/event-stream' : 'application/json',
      ...(streaming ? { 'x-dashscope-sse': 'enable' } : {}),
      ...(workspaceId ? { 'x-dashscope-workspace': workspaceId } : {}),
    },
    body: JSON.stringify({
      model: info.id,
      input: info.input === 'prompt' ? { prompt: toPrompt(request) } : { messages: toMessages(request) },
      parameters: toWireParameters(info, request),
    }),
  };
}

function generationUrl(baseUrl: string = dashScopeHosts.beijing): string {
  const base = baseUrl
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/api\/v1$/, '');
  if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol)) {
    throw invalid(`The base URL "${baseUrl}" is not an http or https address.`);
  }
  return base + generationPath;
}

/** Refuses here what the platform would refuse, and says which part and which range. */
function checkRequest(info: ModelInfo, request: ChatRequest): void {
  const parameters = request.parameters ?? {};
  const [problem] = findParameterProblems(info.parameters, parameters);
  if (problem) {
    const value = JSON.stringify(parameters[problem.name]);
    throw invalid(
      `${wireNames[problem.name]} must be in ${problem.range} for ${info.id}, not ${value}.`,
      'parameter',
    );
  }
  if (request.tools?.length && !info.toolCalling) throw invalid(`${info.id} takes no tools.`, 'parameter');
  const { enableThinking, stream, resultFormat, incrementalOutput } = parameters;
  if (
    info.parameters.enableThinking &&
    enableThinking &&
    (stream === false || resultFormat === 'text' || incrementalOutput === false)
  ) {
    throw invalid('enable_thinking needs a streamed, incremental answer in message format.', 'parameter');
  }
  const { messages } = request;
  if (messages.length === 0) throw invalid('There is no message to send.');
  const empty = messages.find((m) => m.content.trim() === '' && !m.toolCalls?.length && m.role !== 'tool');
  if (empty) throw invalid(`The ${empty.role} message is empty.`);
  if (messages.some((m, i) => m.role === 'system' && i > 0))
    throw invalid('A system message must come first.');
  const last = messages.at(-1)?.role;
  if (last !== 'user' && last !== 'tool') throw invalid('The last message must be a question.');
}

function invalid(message: string, code?: ClientErrorCode): ChatError {
  return new ChatError({ kind: 'invalid-request', providerId, message, code });
}

/** A model without roles reads the conversation as one text; a single question travels as it is. */
function toPrompt({ messages }: ChatRequest): string {
  const [only] = messages;
  if (messages.length === 1 && only) return only.content;
  const lines = messages.map(({ role, content }) =>
    role === 'user' ? `User: ${content}` : role === 'assistant' ? `Assistant: ${content}` : content,
  );
  return `${lines.join('\n\n')}\n\nAssistant:`;
}

function toMessages({ messages }: ChatRequest): object[] {
  return messages.map(({ role, content, toolCalls, toolCallId }) => ({
    role,
    content,
    ...(toolCalls?.length
      ? {
          tool_calls: toolCalls.map(({ id, name, arguments: text }) => ({
            id,
            type: 'function',
            function: { name, arguments: text },
          })),
        }
      : {}),
    ...(toolCallId === undefined ? {} : { tool_call_id: toolCallId }),
  }));
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

function toWireParameters(info: ModelInfo, { parameters = {}, tools }: ChatRequest): object {
  const { topK, ...selected } = selectParameters(info.parameters, parameters);
  const wire: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(selected)) {
    if (isWireName(name)) wire[wireNames[name]] = value;
  }
  // 0, or more than 100, switches top_k off; the HTTP table wants nothing sent then.
  if (topK !== undefined && topK > 0 && topK <= 100) wire.top_k = topK;
  if (listsFormats(info))
    wire.result_format = tools?.length ? 'message' : (parameters.resultFormat ?? 'message');
  if (asksForIncrements(info, parameters)) wire.incremental_output = true;
  else if (parameters.stream !== false && parameters.incrementalOutput === false && listsFormats(info)) {
    wire.incremental_output = false;
  }
  if (tools?.length) {
    wire.tools = tools.map(({ name, description, inputSchema }) => ({
      type: 'function',
      function: { name, description, parameters: inputSchema },
    }));
  }
  return wire;
}

function isWireName(name: string): name is keyof typeof wireNames {
  return name in wireNames;
}

/** The Yi page lists neither `result_format` nor `incremental_output`, the oldest Baichuan takes no messages. */
function listsFormats(info: ModelInfo): boolean {
  return info.family !== 'Yi' && info.input === 'messages';
}

function asksForIncrements(info: ModelInfo, { stream, incrementalOutput }: ModelParameters): boolean {
  return stream !== false && incrementalOutput !== false && info.family !== 'Yi';
}
