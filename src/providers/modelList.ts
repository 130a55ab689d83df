/** The models a service says it has: `GET {baseUrl}/models`, as OpenAI defined it. */

import * as z from 'zod';
import { ChatError } from '../core/chatError.ts';
import { hasHidden } from '../core/hiddenText.ts';
import type { OpenAIConnection } from './connection.ts';
import { htmlFailure, readText, withoutSecrets } from './failures.ts';
import { sendRequest, toChatError } from './http.ts';
import { parseBoundedJson, withFirstOf } from './json.ts';
import { openAIHeaders, openAIUrl } from './openai.ts';
import { readOpenAIFailure } from './openaiErrors.ts';
import { hideSecrets } from './secretFilter.ts';
import { SecretSet } from './secretSet.ts';
import { secretsOfNetwork, secretsOfRequest } from './secrets.ts';

/** UTF-16 units; the longest list of a public gateway is a tenth of it. */
const maxListLength = 8 * 2 ** 20;

/** Models that are offered, the first ones of a longer list; public gateways have some hundreds. */
const maxModels = 10_000;

const providerId = 'openai';

const listSchema = z.object({ data: z.array(z.object({ id: z.string().max(1000) })) });

/** Ids in the service's own order. Throws a `ChatError`; `protocol` where the service has no such list. */
export async function listModels(connection: OpenAIConnection, signal: AbortSignal): Promise<string[]> {
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
    const { data } = listSchema.safeParse(withFirstOf(parseBoundedJson(body), 'data', maxModels));
    if (!data) throw new ChatError({ kind: 'protocol', providerId, message: 'The service lists no models.' });
    // No model has a name that looks like another's.
    return data.data.map(({ id }) => hideSecrets(id, secrets)).filter((id) => !hasHidden(id));
  } catch (error) {
    throw withoutSecrets(toChatError(error, options), secrets);
  }
}
