/** Addresses of OpenAI's protocol: what people paste as one, and what becomes of it. */

import { trimTrailing } from '../../base/common/trimTrailing.ts';
import type { ChatError } from '../../llm/chatError.ts';
import { checkBaseUrl } from '../checks.ts';

const providerId = 'openai';

/** Paths behind the base that are pasted along; `/models` only behind a version, as it is the base of some services. */
const pasted = /\/(chat(\/completions)?|completions|embeddings|responses)$|(?<=\/v\d\w{0,20})\/models$/;

/** Base URLs without a path whose server answers below `/v1` only; for the life of the process. */
const below = new Set<string>();

/** `baseUrl` with the path behind its own, before its parameters. Throws `invalid-request`. */
export function openAIUrl(baseUrl: string, path: 'chat/completions' | 'models'): string {
  const url = new URL(checkBaseUrl(providerId, baseUrl));
  const base = basePath(url);
  url.pathname = `${base === '' && below.has(baseUrl) ? '/v1' : base}/${path}`;
  url.hash = '';
  return url.href;
}

/**
 * Whether a request that found nothing at `sentUrl` is worth sending again: most servers want `/v1` in the base URL, and
 * people leave it out.
 */
export function findVersion(baseUrl: string, sentUrl: string): boolean {
  if (basePath(new URL(baseUrl.trim())) !== '') return false;
  // Another request may have tried it meanwhile: what counts is where this one went.
  const tried = new URL(sentUrl).pathname.startsWith('/v1/');
  if (tried) below.delete(baseUrl);
  else below.add(baseUrl);
  return !tried;
}

/** Nothing was found at this address, or a web page: many servers have one at their root. */
export function failsByAddress({ code, status = 0 }: ChatError): boolean {
  return code === 'wrong-address' || (code === 'html-answer' && [200, 404, 405].includes(status));
}

function basePath({ pathname }: URL): string {
  return trimTrailing(trimTrailing(pathname, '/').replace(pasted, ''), '/');
}
