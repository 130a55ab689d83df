/** Headers of every request to a service of OpenAI's protocol. */

import { checkApiKey } from '../checks.ts';
import { lowerCaseNames } from '../messages/requestMessages.ts';
import type { OpenAIConnection } from './openaiProviders.ts';

/** The connection's own headers, and its key. Throws a `ChatError` (`invalid-request`) for a key that no header can carry. */
export function openAIHeaders({ apiKey, headers }: OpenAIConnection): Record<string, string> {
  if (apiKey !== undefined) checkApiKey('openai', apiKey);
  return { ...lowerCaseNames(headers), ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) };
}
