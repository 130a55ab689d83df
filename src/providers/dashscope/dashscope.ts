/**
 * Descriptor and adapter of Alibaba DashScope's native protocol: `POST
 * {host}/api/v1/services/aigc/text-generation/generation`, or `multimodal-generation` for models with other inputs
 * than text (vendor pages "Image and video understanding", "DashScope API reference").
 */

import { translatable } from '../../base/common/translatable.ts';
import { ChatError } from '../../llm/chatError.ts';
import type {
  ChatMessage,
  ChatRequest,
  ImageContent,
  ModelInfo,
  ModelParameters,
} from '../../llm/chatModel.ts';
import { selectParameters } from '../../llm/parameters.ts';
import { createReplayModel } from '../answerStream.ts';
import { checkApiKey, checkBaseUrl, checkMessages, checkParameters, invalidRequest } from '../checks.ts';
import type { HttpRequest } from '../http/http.ts';
import { isVisionModel } from '../messages/imageModels.ts';
import { checkImages, haveImages, imagesRefused, toDataUrl } from '../messages/images.ts';
import { lowerCaseNames, memberNames, toMessages, toTools } from '../messages/requestMessages.ts';
import type { Protocol } from '../protocol.ts';
import type { ProtocolAdapter } from '../protocolAdapter.ts';
import type { ReplayModel } from '../rawRequest.ts';
import { findDashScopeModel } from './dashscopeCatalog.ts';
import { createDashScopeDecoder } from './dashscopeDecoder.ts';
import { readDashScopeFailure } from './dashscopeErrors.ts';
import {
  apiPath,
  type DashScopeConnection,
  dashScopeProvider,
  toListConnection,
} from './dashscopeProvider.ts';
import { dashScopeHosts } from './dashscopeRegions.ts';

const providerId = 'dashscope';

export const dashscope: Protocol<DashScopeConnection> = {
  id: 'dashscope',
  name: 'DashScope',
  detail: translatable('Alibaba’s own protocol'),
  errorPage: 'https://help.aliyun.com/zh/model-studio/error-code',
  providers: [dashScopeProvider],
  createModel: createDashScopeModel,
  createDecoder: (output, { incremental }) => createDashScopeDecoder({ incremental, ...output }),
  recognize(text) {
    if (/"output"\s*:\s*\{/.test(text)) return 2;
    return /:HTTP_STATUS\/|"request_id"\s*:/.test(text) ? 1 : 0;
  },
  prepare: prepareDashScopeRequest,
  snippet: {
    auth: ({ apiKey }) => (apiKey ? 'bearer' : 'none'),
    documentedPath: '/services/aigc/',
  },
  // No `listModels`: the catalog has all models with their metadata.
  async probe(connection, signal) {
    const { listModels } = await import('../openai/modelList.ts');
    return { models: (await listModels(toListConnection(connection), signal)).length };
  },
};

type Service = 'text-generation' | 'multimodal-generation';

/** By address and model: the service, where it differs from the model's name; for the life of the process. */
const learnedServices = new Map<string, Service>();

function createDashScopeModel(connection: DashScopeConnection, modelId: string): ReplayModel {
  const info = findDashScopeModel(modelId);
  const place = endpointKey(connection, modelId);
  const adapter: ProtocolAdapter = {
    providerId,
    connection,
    secrets: [connection.apiKey],
    prepare: (request) => prepareDashScopeRequest(connection, modelId, request),
    prepareRaw: ({ body, stream, path }) => {
      const service = path.includes('/multimodal-generation/') ? 'multimodal-generation' : 'text-generation';
      return { ...toEnvelope(connection, service, stream), body };
    },
    createDecoder: (request, output) =>
      createDashScopeDecoder({
        incremental: asksForIncrements(info, request.parameters ?? {}),
        tools: request.tools?.map(({ name }) => name),
        ...output,
      }),
    readFailure: readDashScopeFailure,
    recover(failure, { url }, { times, recorded }) {
      if (times > 0 || recorded || !isWrongPath(failure)) return false;
      // Another request may have learned the path meanwhile: decide by this request's own.
      const other = url.includes('/multimodal-generation/') ? 'text-generation' : 'multimodal-generation';
      learnedServices.set(place, other);
      return true;
    },
  };
  return createReplayModel(info, adapter);
}

/** The request is the same each time, except for a path learned meanwhile. */
function prepareDashScopeRequest(
  connection: DashScopeConnection,
  modelId: string,
  request: ChatRequest,
): HttpRequest {
  const info = findDashScopeModel(modelId);
  const service =
    learnedServices.get(endpointKey(connection, modelId)) ?? info.path ?? guessService(modelId, request);
  return prepareRequest({ connection, info, service }, request);
}

function endpointKey({ baseUrl = '' }: DashScopeConnection, modelId: string): string {
  return `${baseUrl} ${modelId}`;
}

/** "url error, please check url！": the other service hosts the model. */
function isWrongPath({ kind, message }: ChatError): boolean {
  return kind === 'invalid-request' && /url error/i.test(message);
}

/** For unknown names images decide; the platform's error corrects the guess for text models. */
function guessService(modelId: string, { messages }: ChatRequest): Service {
  const takesAudio = /(^|[-.])(audio|ocr|asr)([-.]|$)/.test(modelId);
  return takesAudio || isVisionModel(modelId) || haveImages(messages)
    ? 'multimodal-generation'
    : 'text-generation';
}

interface Target {
  connection: DashScopeConnection;
  info: ModelInfo;
  service: Service;
}

function prepareRequest({ connection, info, service }: Target, request: ChatRequest): HttpRequest {
  const parameters = request.parameters ?? {};
  checkRequest(info, request);
  // Learned from a text model's "url error": the other service does not host it.
  if (service === 'text-generation' && haveImages(request.messages)) throw imagesRefused(providerId, info.id);
  return {
    ...toEnvelope(connection, service, parameters.stream !== false),
    body: JSON.stringify({
      model: info.id,
      input: toInput(info, service, request.messages),
      parameters: toRequestParameters(info, request),
    }),
  };
}

/** The request without its body. */
function toEnvelope(connection: DashScopeConnection, service: Service, streaming: boolean): HttpRequest {
  const { apiKey, workspaceId } = connection;
  if (apiKey.trim() === '')
    throw new ChatError({ kind: 'missing-key', providerId, message: 'No API key is set.' });
  checkApiKey(providerId, apiKey);
  if (workspaceId && !/^[\x21-\x7E]+$/.test(workspaceId)) {
    throw invalidRequest(providerId, `The workspace id "${workspaceId}" holds characters that no id has.`);
  }
  return {
    url: generationUrl(connection.baseUrl, service),
    headers: {
      ...lowerCaseNames(connection.headers),
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      accept: streaming ? 'text/event-stream' : 'application/json',
      ...(streaming ? { 'x-dashscope-sse': 'enable' } : {}),
      ...(workspaceId ? { 'x-dashscope-workspace': workspaceId } : {}),
    },
  };
}

function generationUrl(baseUrl: string = dashScopeHosts.beijing, service: Service): string {
  return `${checkBaseUrl(providerId, baseUrl, apiPath)}${apiPath}/services/aigc/${service}/generation`;
}

/** Throws `invalid-request` for what the platform would refuse, with member and range. */
function checkRequest(info: ModelInfo, request: ChatRequest): void {
  const parameters = request.parameters ?? {};
  checkParameters(providerId, info, parameters, memberNames);
  if (request.tools?.length && !info.toolCalling)
    throw invalidRequest(providerId, `${info.id} takes no tools.`, 'parameter');
  // General API reference, `tool_choice`: `auto`, `none`, or one function by its name.
  if (request.toolChoice === 'required' && (request.tools?.length ?? 0) > 1)
    throw invalidRequest(providerId, 'DashScope can be told to call one tool, not one of several.');
  const { enableThinking, stream, resultFormat, incrementalOutput } = parameters;
  const preconditions = stream !== false && resultFormat !== 'text' && incrementalOutput !== false;
  if (info.parameters.enableThinking && enableThinking && !preconditions) {
    const message = 'enable_thinking needs a streamed, incremental answer in message format.';
    throw invalidRequest(providerId, message, 'parameter');
  }
  checkMessages(providerId, request);
  checkImages(providerId, info, request.messages);
}

/** Text models take a text as content, multimodal ones a list of parts. */
function toInput(info: ModelInfo, service: Service, messages: readonly ChatMessage[]): object {
  if (info.input === 'prompt') return { prompt: toPrompt(messages) };
  return {
    messages: toMessages(messages, { toContent: service === 'text-generation' ? toText : toParts }),
  };
}

const toText = (text: string): string => text;

/** Each part has one member, named for its type; an image is an address or a data URL. */
function toParts(text: string, images: readonly ImageContent[]): object[] {
  const parts = images.map((image): object => ({ image: toDataUrl(image) }));
  return text === '' && parts.length > 0 ? parts : [...parts, { text }];
}

/** Models without roles take the conversation as one text; a single question is sent unchanged. */
function toPrompt(messages: readonly ChatMessage[]): string {
  const [only] = messages;
  if (messages.length === 1 && only) return only.content;
  const lines = messages.map(({ role, content }) =>
    role === 'user' ? `User: ${content}` : role === 'assistant' ? `Assistant: ${content}` : content,
  );
  return `${lines.join('\n\n')}\n\nAssistant:`;
}

function toRequestParameters(info: ModelInfo, { parameters = {}, tools, toolChoice }: ChatRequest): object {
  const { topK, ...selected } = selectParameters(info.parameters, parameters);
  const members: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(selected)) {
    if (isMemberName(name)) members[memberNames[name]] = value;
  }
  // 0, or more than 100, disables top_k; the HTTP reference says to omit it then.
  if (topK !== undefined && topK > 0 && topK <= 100) members.top_k = topK;
  if (listsFormats(info))
    members.result_format = tools?.length ? 'message' : (parameters.resultFormat ?? 'message');
  if (asksForIncrements(info, parameters)) members.incremental_output = true;
  else if (parameters.stream !== false && parameters.incrementalOutput === false && listsFormats(info)) {
    members.incremental_output = false;
  }
  if (tools?.length) members.tools = toTools(tools);
  const [only] = tools ?? [];
  if (only && toolChoice === 'required')
    members.tool_choice = { type: 'function', function: { name: only.name } };
  return members;
}

function isMemberName(name: string): name is keyof typeof memberNames {
  return name in memberNames;
}

/** The Yi page lists neither `result_format` nor `incremental_output`; the oldest Baichuan takes no messages. */
function listsFormats(info: ModelInfo): boolean {
  return info.family !== 'Yi' && info.input === 'messages';
}

function asksForIncrements(info: ModelInfo, { stream, incrementalOutput }: ModelParameters): boolean {
  return stream !== false && incrementalOutput !== false && info.family !== 'Yi';
}
