/** Validates requests before they are sent, for every protocol. */

import { trimTrailing } from '../base/common/trimTrailing.ts';
import { ChatError, type ClientErrorCode } from '../llm/chatError.ts';
import type { ChatRequest, ModelInfo, ModelParameters, ParameterName } from '../llm/chatModel.ts';
import { findParameterProblems } from '../llm/parameters.ts';

export function invalidRequest(providerId: string, message: string, code?: ClientErrorCode): ChatError {
  return new ChatError({ kind: 'invalid-request', providerId, message, code });
}

/** `names`: the platform's name of each parameter. Throws `invalid-request` with name and range. */
export function checkParameters(
  providerId: string,
  info: ModelInfo,
  parameters: ModelParameters,
  names: Readonly<Partial<Record<ParameterName, string>>>,
): void {
  const [problem] = findParameterProblems(info.parameters, parameters);
  if (!problem) return;
  const name = names[problem.name] ?? problem.name;
  const value = JSON.stringify(parameters[problem.name]);
  throw invalidRequest(
    providerId,
    `${name} must be in ${problem.range} for ${info.id}, not ${value}.`,
    'parameter',
  );
}

/** Throws `invalid-request` for messages that every platform refuses. */
export function checkMessages(providerId: string, { messages }: ChatRequest): void {
  if (messages.length === 0) throw invalidRequest(providerId, 'There is no message to send.');
  const empty = messages.find(
    (m) => m.content.trim() === '' && !m.toolCalls?.length && !m.images?.length && m.role !== 'tool',
  );
  if (empty) throw invalidRequest(providerId, `The ${empty.role} message is empty.`);
  if (messages.some((m, i) => m.role === 'system' && i > 0)) {
    throw invalidRequest(providerId, 'A system message must come first.');
  }
  const last = messages.at(-1)?.role;
  if (last !== 'user' && last !== 'tool')
    throw invalidRequest(providerId, 'The last message must be a question.');
}

/** The address without a trailing `/` and without `suffix`, which users paste with it. Throws `invalid-request`. */
export function checkBaseUrl(providerId: string, baseUrl: string, suffix = ''): string {
  const trimmed = trimTrailing(baseUrl.trim(), '/');
  const base = suffix !== '' && trimmed.endsWith(suffix) ? trimmed.slice(0, -suffix.length) : trimmed;
  if (URL.canParse(base) && /^https?:$/.test(new URL(base).protocol)) return base;
  throw invalidRequest(providerId, `The base URL "${baseUrl}" is not an http or https address.`);
}

/** Throws `unauthorized` for a key that no header can carry. The message does not contain the key. */
export function checkApiKey(providerId: string, apiKey: string): void {
  if (/^[\x21-\x7E]*$/.test(apiKey)) return;
  const message = 'The API key holds characters that no key has (spaces, line breaks or other scripts).';
  throw new ChatError({ kind: 'unauthorized', providerId, message });
}
