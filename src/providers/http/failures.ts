/** Turns failed responses into errors: completes them from the headers, and masks secrets. */

import { inspect } from 'node:util';
import { ChatError, type ChatErrorFields, type ClientErrorCode } from '../../llm/chatError.ts';
import { readRateLimits } from '../../llm/rateLimits.ts';
import type { ProtocolAdapter } from '../protocolAdapter.ts';
import { hideSecrets } from '../secrets/secretFilter.ts';
import type { SecretSet } from '../secrets/secretSet.ts';
import { SliceBuffer } from '../sse/sliceBuffer.ts';
import { kindOfStatus } from './errorStatus.ts';
import { type HttpResponse, type SendOptions, toChatError } from './http.ts';

/** In UTF-16 units: read of an error's body, searched for secrets in its texts, and kept of its message. */
const limits = { body: 64 * 2 ** 10, searched: 64 * 2 ** 10, message: 600 };
/** Longest id, code or reason kept, in UTF-16 units. */
export const longestWord = 200;
/** How long to wait for an error's body, in milliseconds; then what came is used. */
const bodyMs = 5000;

/** The error for a status of 300 or more. Follows no redirects: a key must not go to another address. */
export async function readFailure(
  adapter: ProtocolAdapter,
  response: HttpResponse,
  options: SendOptions,
): Promise<ChatError> {
  const { providerId } = adapter;
  const { status } = response;
  if (status < 400) {
    response.body.destroy();
    const target = originOf(response.headers.get('location'));
    const message = `The service wants the request to go elsewhere${target}; Qiao sends no key there.`;
    const code: ClientErrorCode = 'redirect';
    return new ChatError({ kind: 'protocol', providerId, message, status, code });
  }
  const body = await readText(response, options);
  if (/^\s*</.test(body)) return completeFailure(htmlFailure(providerId, response), response);
  return completeFailure(adapter.readFailure(status, body, response.headers), response);
}

/** The error for a web page in place of an answer, from a proxy, a login page or a gateway. Its text is not shown. */
export function htmlFailure(providerId: string, response: HttpResponse): ChatError {
  const { status } = response;
  const type = response.headers.get('content-type') ?? 'no content type';
  const passes = status === 408 || status === 429 || status >= 500;
  return new ChatError({
    kind: passes ? kindOfStatus(status) : 'protocol',
    providerId,
    message: `A web page came instead of an answer (status ${status}, ${type}).`,
    status,
    code: 'html-answer' satisfies ClientErrorCode,
  });
}

/** Adds the details from the response's headers that the error lacks. */
export function completeFailure(error: ChatError, { status, headers }: HttpResponse): ChatError {
  return new ChatError({
    ...fieldsOf(error),
    status: error.status ?? status,
    requestId: error.requestId ?? headers.get('x-request-id') ?? headers.get('x-dashscope-request-id'),
    retryAfterMs: error.retryAfterMs ?? retryAfter(headers),
    rateLimits: error.rateLimits ?? readRateLimits(headers),
  });
}

/**
 * Masks secrets in every text of the error, then shortens its message. Long texts, possibly megabytes, are cut first;
 * if that cuts a secret in two, the filter masks its beginning.
 */
export function withoutSecrets(error: ChatError, secrets: SecretSet): ChatError {
  const hide = (text: string): string => hideSecrets(text.slice(0, limits.searched), secrets);
  const message = hide(error.message);
  const code = error.code && hide(error.code).slice(0, longestWord);
  const requestId = error.requestId && hide(error.requestId).slice(0, longestWord);
  const cause = isWithoutSecrets(error.cause, secrets) ? error.cause : undefined;
  const same =
    message === error.message &&
    code === error.code &&
    requestId === error.requestId &&
    cause === error.cause;
  if (same && message.length <= limits.message) return error;
  const shown = message.length > limits.message ? `${message.slice(0, limits.message)}…` : message;
  return new ChatError({ ...fieldsOf(error), message: shown, code, requestId, cause });
}

/** Logs print nested values of errors, too. */
function isWithoutSecrets(cause: unknown, secrets: SecretSet): boolean {
  if (cause === undefined) return true;
  const text = inspect(cause, { depth: 3 });
  return hideSecrets(text, secrets) === text;
}

/** Reads a body as text, up to the limit (UTF-16 units). If it is interrupted or stalls, what came counts. */
export async function readText(
  response: HttpResponse,
  options: SendOptions,
  limit = limits.body,
): Promise<string> {
  const utf8 = new TextDecoder();
  const giveUp = setTimeout(() => response.body.destroy(), bodyMs);
  const text = new SliceBuffer();
  try {
    for await (const chunk of response.body) {
      const piece = typeof chunk === 'string' ? chunk : utf8.decode(chunk, { stream: true });
      options.reporter?.data(piece);
      text.add(piece);
      if (text.length > limit) break;
    }
  } catch (error) {
    const failure = toChatError(error, options);
    if (failure.kind === 'aborted') throw failure;
  } finally {
    clearTimeout(giveUp);
  }
  return text.take().slice(0, limit);
}

/** The wait in milliseconds, from `retry-after-ms` (OpenAI; more precise), or from seconds or an HTTP date. */
function retryAfter(headers: HttpResponse['headers']): number | undefined {
  const exact = headers.get('retry-after-ms')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(exact)) return Math.round(Number(exact));
  const value = headers.get('retry-after');
  if (value === undefined) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

function originOf(location: string | undefined): string {
  return location !== undefined && URL.canParse(location) ? ` (${new URL(location).origin})` : '';
}

function fieldsOf(error: ChatError): ChatErrorFields {
  const { kind, providerId, message, status, code, requestId, retryAfterMs, rateLimits, cause } = error;
  return { kind, providerId, message, status, code, requestId, retryAfterMs, rateLimits, cause };
}
