/** Describes the request that a connection would send, without secrets, for code snippets. */

import * as z from 'zod';
import type { ChatRequest } from '../llm/chatModel.ts';
import type { SnippetRequest } from './common/snippetRequest.ts';
import { type Connection, findProtocol } from './registry.ts';
import { noSecrets } from './secrets/secretSet.ts';
import { hideInRequestHeaders, hideInUrl } from './secrets/secrets.ts';

/**
 * The request that the provider itself would write, without the connection's key. Throws a `ChatError` for a request
 * that the provider refuses.
 */
export function describeRequest(
  connection: Connection,
  modelId: string,
  request: ChatRequest,
): Omit<SnippetRequest, 'keyVariable'> {
  const { prepare, snippet } = findProtocol(connection.protocol);
  const prepared = prepare(connection, modelId, request);
  const url = hideInUrl(withoutCredentials(prepared.url), noSecrets);
  const auth = snippet.auth(connection);
  return {
    protocol: connection.protocol,
    answer: snippet.answer,
    auth,
    url,
    baseUrl: url.slice(0, url.lastIndexOf(snippet.documentedPath)),
    model: modelId,
    streaming: request.parameters?.stream !== false,
    headers: Object.fromEntries(
      Object.entries(hideInRequestHeaders(prepared.headers, noSecrets)).filter(
        ([name]) => !snippetHeaders.has(name) && (name !== 'authorization' || auth === 'none'),
      ),
    ),
    body: z.record(z.string(), z.json()).parse(JSON.parse(prepared.body ?? '{}')),
  };
}

/** Headers that each snippet writes in its own way. */
const snippetHeaders: ReadonlySet<string> = new Set(['content-type', 'accept', 'x-dashscope-sse']);

/** An address may contain user and password. */
function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}
