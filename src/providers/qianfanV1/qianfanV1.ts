/** Descriptor and adapter of Qianfan v1, for custom endpoints: `POST …/wenxinworkshop/chat/{endpoint}`. */

import { translatable } from '../../base/common/translatable.ts';
import { ChatError } from '../../llm/chatError.ts';
import type { ChatMessage, ChatRequest, ModelInfo } from '../../llm/chatModel.ts';
import { selectParameters } from '../../llm/parameters.ts';
import { createReplayModel } from '../answerStream.ts';
import { checkBaseUrl, checkParameters, invalidRequest } from '../checks.ts';
import type { HttpRequest, SendOptions } from '../http/http.ts';
import { checkImages } from '../messages/images.ts';
import { lowerCaseNames } from '../messages/requestMessages.ts';
import type { Protocol } from '../protocol.ts';
import type { ProtocolAdapter } from '../protocolAdapter.ts';
import type { ReplayModel } from '../rawRequest.ts';
import { formatBceDate, signBceRequest } from './bceAuth.ts';
import { describeQianfanV1Model, maxCharacters } from './qianfanV1Catalog.ts';
import { createQianfanV1Decoder } from './qianfanV1Decoder.ts';
import { isTokenFailure, readQianfanV1Failure } from './qianfanV1Errors.ts';
import { type QianfanV1Connection, qianfanV1Address, qianfanV1Provider } from './qianfanV1Provider.ts';

const providerId = 'qianfan-v1';
const chatPath = '/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/';

export const qianfanV1: Protocol<QianfanV1Connection> = {
  id: providerId,
  name: 'Qianfan v1',
  detail: translatable('Baidu’s first protocol'),
  errorPage: 'https://cloud.baidu.com/doc/WENXINWORKSHOP/s/tlmyncueh',
  providers: [qianfanV1Provider],
  createModel: createQianfanV1Model,
  createDecoder: (output) => createQianfanV1Decoder(output),
  recognize: (text) => (/"(is_end|need_clear_history|sentence_id|error_code)"\s*:/.test(text) ? 3 : 0),
  prepare: prepareQianfanV1Request,
  snippet: {
    auth: ({ auth }) => auth.type,
    documentedPath: '/rpc/2.0/',
    answer: { result: 'result', piece: 'result', error: 'error_code' },
  },
  async probe(connection, signal) {
    const { auth, timeouts, network } = connection;
    if (auth.type !== 'oauth') return undefined;
    const { accessTokenFor } = await import('./qianfanV1Token.ts');
    const source = { baseUrl: baseUrlOf(connection), ...auth };
    await accessTokenFor(source, { providerId, timeouts, network, signal });
    return 'token';
  },
};

function createQianfanV1Model(connection: QianfanV1Connection, endpoint: string): ReplayModel {
  const info = describeQianfanV1Model(endpoint);
  const { auth } = connection;
  /** Tokens issued to this model: masked in errors like the keys. */
  const issued = new Set<string>();
  const send = async (unsigned: HttpRequest, options: SendOptions): Promise<HttpRequest> => {
    let token = auth.type === 'access-token' ? auth.accessToken : undefined;
    if (auth.type === 'oauth') {
      const { accessTokenFor } = await import('./qianfanV1Token.ts');
      token = await accessTokenFor({ baseUrl: baseUrlOf(connection), ...auth }, options);
      issued.add(token);
    }
    return sign(unsigned, auth, token);
  };
  const adapter: ProtocolAdapter = {
    providerId,
    connection,
    get secrets() {
      return [...secretsOf(auth), ...issued];
    },
    prepare: async (request, options) =>
      send(prepareQianfanV1Request(connection, endpoint, request), options),
    prepareRaw: ({ body }, options) => send({ ...toEnvelope(connection, endpoint), body }, options),
    createDecoder: (_request, output) => createQianfanV1Decoder(output),
    readFailure: readQianfanV1Failure,
    async recover(failure, { url }, { times }) {
      if (times > 0) return false;
      const token = new URL(url).searchParams.get('access_token');
      if (auth.type !== 'oauth' || token === null || !isTokenFailure(failure)) return false;
      const { forgetAccessToken } = await import('./qianfanV1Token.ts');
      forgetAccessToken({ baseUrl: baseUrlOf(connection), ...auth }, token);
      return true;
    },
  };
  return createReplayModel(info, adapter);
}

/** The request without authentication. */
function prepareQianfanV1Request(
  connection: QianfanV1Connection,
  endpoint: string,
  request: ChatRequest,
): HttpRequest {
  const body = toBody(describeQianfanV1Model(endpoint), request);
  return { ...toEnvelope(connection, endpoint), body };
}

/** The request without its body. */
function toEnvelope(connection: QianfanV1Connection, endpoint: string): HttpRequest {
  return {
    url: new URL(`${baseUrlOf(connection)}${chatPath}${encodeURIComponent(endpoint)}`).href,
    headers: { ...lowerCaseNames(connection.headers), 'content-type': 'application/json' },
  };
}

function baseUrlOf({ baseUrl = qianfanV1Address }: QianfanV1Connection): string {
  return checkBaseUrl(providerId, baseUrl);
}

function secretsOf(auth: QianfanV1Connection['auth']): string[] {
  if (auth.type === 'oauth') return [auth.apiKey, auth.secretKey];
  return auth.type === 'iam' ? [auth.accessKey, auth.secretKey] : [auth.accessToken];
}

const memberNames = {
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  repetitionPenalty: 'penalty_score',
  stop: 'stop',
} as const;

function toBody(info: ModelInfo, request: ChatRequest): string {
  const parameters = request.parameters ?? {};
  checkParameters(providerId, info, parameters, memberNames);
  checkImages(providerId, info, request.messages);
  const messages = normalizeMessages(request.messages);
  if (messages.at(-1)?.role !== 'user')
    throw invalidRequest(providerId, 'The last message must be a question.');
  if (request.tools?.length) throw invalidRequest(providerId, `${info.id} takes no tools.`, 'parameter');
  const { stop, ...selected } = selectParameters(info.parameters, parameters);
  const names: Record<string, string> = memberNames;
  return JSON.stringify({
    messages,
    stream: parameters.stream !== false,
    ...Object.fromEntries(Object.entries(selected).map(([name, value]) => [names[name] ?? name, value])),
    ...(stop === undefined ? {} : { stop: [stop].flat() }),
  });
}

/**
 * Applies the page's rules: user and assistant alternate, beginning and ending with user; no empty message, no system
 * role, and no more characters than the service takes. The system text precedes the first question sent; the oldest
 * pairs are dropped to make room. Throws `context-too-long` for a question that is too long itself.
 */
export function normalizeMessages(
  messages: readonly ChatMessage[],
): { role: 'user' | 'assistant'; content: string }[] {
  const system = messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => content)
    .join('\n\n');
  const turns: { role: 'user' | 'assistant'; content: string }[] = [];
  for (const { role, content } of messages) {
    if (role === 'system' || content.trim() === '') continue;
    const speaker = role === 'assistant' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === speaker) last.content += `\n\n${content}`;
    else if (last || speaker === 'user') turns.push({ role: speaker, content });
  }
  const prefix = system.trim() === '' ? '' : `${system}\n\n`;
  let start = 0;
  let length = prefix.length + turns.reduce((sum, { content }) => sum + content.length, 0);
  while (length > maxCharacters && start + 2 < turns.length) {
    length -= (turns[start]?.content.length ?? 0) + (turns[start + 1]?.content.length ?? 0);
    start += 2;
  }
  if (length > maxCharacters) {
    const message = `The question has ${length} characters; this service takes ${maxCharacters}.`;
    throw new ChatError({ kind: 'context-too-long', providerId, message });
  }
  return turns.slice(start).map((turn, i) => (i === 0 ? { ...turn, content: prefix + turn.content } : turn));
}

/** Adds the authentication. Throws `missing-key` where the token is missing. */
function sign(
  { url: address, headers, body }: HttpRequest,
  auth: QianfanV1Connection['auth'],
  token: string | undefined,
): HttpRequest {
  const url = new URL(address);
  if (auth.type === 'iam') {
    const date = formatBceDate(new Date());
    const authorization = signBceRequest({
      method: 'POST',
      path: url.pathname,
      headers: { host: url.host, 'x-bce-date': date },
      accessKey: auth.accessKey,
      secretKey: auth.secretKey,
      timestamp: date,
      headersToSign: ['host', 'x-bce-date'],
    });
    return { url: address, headers: { ...headers, 'x-bce-date': date, authorization }, body };
  }
  if (!token) throw new ChatError({ kind: 'missing-key', providerId, message: 'No access token is set.' });
  url.searchParams.set('access_token', token);
  return { url: url.href, headers, body };
}
