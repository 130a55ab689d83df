/** Builds request URLs from the base URLs that users paste. */

import { trimTrailing } from '../../base/common/trimTrailing.ts';
import type { ChatError } from '../../llm/chatError.ts';
import { checkBaseUrl } from '../checks.ts';

const providerId = 'openai';

/** Paths that users paste with the base; `/models` only behind a version, since some services' base ends with it. */
const pasted = /\/(chat(\/completions)?|completions|embeddings|responses)$|(?<=\/v\d\w{0,20})\/models$/;

/** Base URLs without a path, whose server answers below `/v1`; for the life of the process. */
const below = new Set<string>();

/** The request's URL: `baseUrl` with `path` added, keeping its query. Throws `invalid-request`. */
export function openAIUrl(baseUrl: string, path: 'chat/completions' | 'models'): string {
  const url = new URL(checkBaseUrl(providerId, baseUrl));
  const base = basePath(url);
  url.pathname = `${base === '' && below.has(baseUrl) ? '/v1' : base}/${path}`;
  url.hash = '';
  return url.href;
}

/**
 * Whether to send a request again that found nothing at `sentUrl`: most servers need `/v1` in the base URL, which
 * users leave out. Remembers the result for later requests.
 */
export function findVersion(baseUrl: string, sentUrl: string): boolean {
  if (basePath(new URL(baseUrl.trim())) !== '') return false;
  // Another request may have tried it meanwhile: decide by this request's own URL.
  const tried = new URL(sentUrl).pathname.startsWith('/v1/');
  if (tried) below.delete(baseUrl);
  else below.add(baseUrl);
  return !tried;
}

/** Whether the error is one of the address: nothing found, or a web page, which many servers have at their root. */
export function failsByAddress({ code, status = 0 }: ChatError): boolean {
  return code === 'wrong-address' || (code === 'html-answer' && [200, 404, 405].includes(status));
}

function basePath({ pathname }: URL): string {
  return trimTrailing(trimTrailing(pathname, '/').replace(pasted, ''), '/');
}
