/** Requests a service's list of models: `GET {baseUrl}/models`, as OpenAI defined it. */

import { hasHidden } from '../../base/common/hiddenText.ts';
import { ChatError } from '../../llm/chatError.ts';
import { htmlFailure, readText, withoutSecrets } from '../http/failures.ts';
import { sendRequest, toChatError } from '../http/http.ts';
import { findError } from '../http/serviceError.ts';
import { hideSecrets } from '../secrets/secretFilter.ts';
import { SecretSet } from '../secrets/secretSet.ts';
import { secretsOfNetwork, secretsOfRequest } from '../secrets/secrets.ts';
import { isRecord, parseBoundedJson } from '../sse/json.ts';
import { failsByAddress, findVersion, openAIUrl } from './address.ts';
import { openAIHeaders } from './headers.ts';
import { readOpenAIFailure, toOpenAIError } from './openaiErrors.ts';
import type { OpenAIConnection } from './openaiProviders.ts';

/** UTF-16 units; ten times the longest list of a public gateway. */
const maxListLength = 8 * 2 ** 20;

/** Longer lists are cut; public gateways have some hundreds. */
const maxModels = 10_000;

/** In UTF-16 units; longer ids are dropped. */
const maxIdLength = 1000;

const providerId = 'openai';

/** Ids in the service's order. Throws a `ChatError`; `protocol` where the service has no list. */
export async function listModels(connection: OpenAIConnection, signal: AbortSignal): Promise<string[]> {
  const url = openAIUrl(connection.baseUrl, 'models');
  try {
    return await requestList(connection, signal);
  } catch (error) {
    if (!(error instanceof ChatError && failsByAddress(error)) || !findVersion(connection.baseUrl, url))
      throw error;
    return requestList(connection, signal);
  }
}

async function requestList(connection: OpenAIConnection, signal: AbortSignal): Promise<string[]> {
  const { timeouts, network } = connection;
  const options = { providerId, timeouts, network, signal };
  const request = {
    method: 'GET' as const,
    url: openAIUrl(connection.baseUrl, 'models'),
    headers: openAIHeaders(connection),
  };
  const secrets = new SecretSet([...secretsOfRequest(request), ...secretsOfNetwork(network)]);
  try {
    const response = await sendRequest(request, options);
    const body = await readText(response, options, maxListLength);
    if (/^\s*</.test(body)) throw htmlFailure(providerId, response);
    if (response.status >= 400) throw readOpenAIFailure(response.status, body);
    const value = parseBoundedJson(body);
    const ids = readIds(value);
    // Entries may have members that errors have, too.
    const failure = ids?.length ? undefined : findError(value);
    if (failure) throw toOpenAIError(failure, { status: response.status, requestId: undefined });
    if (!ids) throw new ChatError({ kind: 'protocol', providerId, message: 'The service lists no models.' });
    // Drop ids with hidden characters, which imitate other models' names.
    return ids.map((id) => hideSecrets(id, secrets)).filter((id) => !hasHidden(id));
  } catch (error) {
    throw withoutSecrets(toChatError(error, options), secrets);
  }
}

/** The list, or the first non-empty one; some gateways wrap it twice. */
function listIn(value: unknown, depth = 0): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isRecord(value) || depth > 1) return undefined;
  const lists = [value.data, value.models, value.result, value.list].flatMap((held) => {
    const list = listIn(held, depth + 1);
    return list ? [list] : [];
  });
  return lists.find(({ length }) => length > 0) ?? lists[0];
}

/**
 * Ids from `{data: […]}` (OpenAI), `{models: […]}` (Ollama's own list, Gemini), or a bare list; `data: null` is
 * empty. An entry is a text or has an `id`, or a `name`; others are dropped. `undefined`: no list, or none of models.
 */
function readIds(value: unknown): string[] | undefined {
  const list = listIn(value);
  if (!list) return isRecord(value) && (value.data === null || value.models === null) ? [] : undefined;
  const ids = list.slice(0, maxModels).flatMap((entry: unknown) => {
    const id = isRecord(entry)
      ? (entry.id ?? entry.model ?? entry.name ?? entry.model_name ?? entry.model_id)
      : entry;
    return typeof id === 'string' && id !== '' && id.length <= maxIdLength ? [id] : [];
  });
  return ids.length === 0 && list.length > 0 ? undefined : [...new Set(ids)];
}
