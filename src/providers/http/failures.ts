/** Errors of an exchange: from a status and its body, with the facts the headers give and without any secret. */

import { inspect } from 'node:util';
import { ChatError, type ChatErrorFields, type ClientErrorCode } from '../../llm/chatError.ts';
import { readRateLimits } from '../../llm/rateLimits.ts';
import { hideSecrets } from '../secrets/secretFilter.ts';
import type { SecretSet } from '../secrets/secretSet.ts';
import { SliceBuffer } from '../sse/sliceBuffer.ts';
import type { Wire } from '../wire.ts';
import { kindOfStatus } from './errorStatus.ts';
import { type HttpResponse, type SendOptions, toChatError } from './http.ts';

/** UTF-16 units of an error's body that are read, of its texts that secrets are looked for in, and of its message that are kept. */
const limits = { body: 64 * 2 ** 10, searched: 64 * 2 ** 10, message: 600 };
/** UTF-16 units of an id, a code or a reason that are kept. */
export const longestWord = 200;
/** An error's body that does not end is judged by what came. */
const bodyMs = 5000;

/** What a status of 300 or more means. Follows no redirect: the key belongs to the address it was given for. */
export async function readFailure(
  wire: Wire,
  response: HttpResponse,
  options: SendOptions,
): Promise<ChatError> {
  const { providerId } = wire;
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
  return completeFailure(wire.readFailure(status, body, response.headers), response);
}

/** A web page where an answer should be: a proxy, a login page, a gateway's own error. Its text is not shown. */
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

/** Adds what the response's headers know and the error does not. */
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
 * Takes the secrets out of every text of the error, then shortens its message. What lies far behind all that is kept goes
 * first: a message may quote megabytes. Of a secret that this cuts in two, the filter hides the beginning.
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

/** What an error hides in its depth is shown by logs. */
function isWithoutSecrets(cause: unknown, secrets: SecretSet): boolean {
  if (cause === undefined) return true;
  const text = inspect(cause, { depth: 3 });
  return hideSecrets(text, secrets) === text;
}

/** A short body as text, up to the cap (UTF-16 units); what came before it broke off, or went silent, is enough. */
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
      options.witness?.data(piece);
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

/** In milliseconds (`retry-after-ms`, OpenAI's), which says more, or seconds or an HTTP date; as milliseconds from now. */
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
