/** What a connection would send for a request, without the secrets: for people who want it as a program. */

import * as z from 'zod';
import type { ChatRequest } from '../core/chatModel.ts';
import type { ProgramRequest } from '../core/programs/programRequest.ts';
import type { Connection } from './connection.ts';
import { prepareDashScopeRequest } from './dashscope.ts';
import type { HttpRequest } from './http.ts';
import { prepareOpenAIRequest } from './openai.ts';
import { prepareQianfanV1Request } from './qianfanV1.ts';
import { noSecrets } from './secretSet.ts';
import { hideInRequestHeaders, hideInUrl } from './secrets.ts';

/**
 * What the provider itself writes, so that a program sends the same; with the key of the connection left out. Throws a
 * `ChatError` for a request that the provider would refuse.
 */
export function describeRequest(
  connection: Connection,
  modelId: string,
  request: ChatRequest,
): Omit<ProgramRequest, 'keyVariable'> {
  const prepared = prepare(connection, modelId, request);
  const url = hideInUrl(withoutCredentials(prepared.url), noSecrets);
  const auth = authOf(connection);
  return {
    protocol: connection.protocol,
    auth,
    url,
    baseUrl: url.slice(0, url.lastIndexOf(documentedPaths[connection.protocol])),
    model: modelId,
    streaming: request.parameters?.stream !== false,
    headers: Object.fromEntries(
      Object.entries(hideInRequestHeaders(prepared.headers, noSecrets)).filter(
        ([name]) => !ownHeaders.has(name) && (name !== 'authorization' || auth === 'none'),
      ),
    ),
    body: z.record(z.string(), z.json()).parse(JSON.parse(prepared.body ?? '{}')),
  };
}

/** Written by each program in its own way. */
const ownHeaders: ReadonlySet<string> = new Set(['content-type', 'accept', 'x-dashscope-sse']);

/** Where what a client library adds to its base URL begins. */
const documentedPaths = {
  dashscope: '/services/aigc/',
  'qianfan-v1': '/rpc/2.0/',
  openai: '/chat/completions',
} as const;

function prepare(connection: Connection, modelId: string, request: ChatRequest): HttpRequest {
  switch (connection.protocol) {
    case 'dashscope':
      return prepareDashScopeRequest(connection, modelId, request);
    case 'qianfan-v1':
      return prepareQianfanV1Request(connection, modelId, request);
    case 'openai':
      return prepareOpenAIRequest(connection, modelId, request);
  }
}

function authOf(connection: Connection): ProgramRequest['auth'] {
  if (connection.protocol === 'qianfan-v1') return connection.auth.type;
  return connection.apiKey ? 'bearer' : 'none';
}

/** An address may hold a password, which is nobody else's business. */
function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}
