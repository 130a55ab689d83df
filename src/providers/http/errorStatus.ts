/** Classifies errors without a known code, by HTTP status and message. */

import type { ChatErrorKind } from '../../llm/chatError.ts';

export function kindOfStatus(status: number | undefined): ChatErrorKind {
  if (status === undefined) return 'unexpected';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 402) return 'quota';
  if (status === 404) return 'model-not-found';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'unavailable';
  return status >= 400 ? 'invalid-request' : 'unexpected';
}

/**
 * The part of a service's message that patterns search. A pattern with a gap takes quadratic time, and a hostile
 * message may be megabytes long.
 */
export function searchedText(message: string): string {
  return message.slice(0, 4096);
}

/**
 * Whether the status concerns the address rather than the model: the message names no model. "Unexpected endpoint or
 * method" is LM Studio's, with status 200.
 */
export function meansAddress(status: number | undefined, message: string): boolean {
  if (status === 405) return /^$|method not allowed|^The service answered/i.test(message);
  if (/unexpected endpoint or method/i.test(message)) return true;
  return status === 404 && !/model|模型|deployment|no endpoints|function '/i.test(withoutPaths(message));
}

/** Ignores words within paths, such as `/v1/models`. */
function withoutPaths(message: string): string {
  return message
    .split(/\s/)
    .filter((word) => !word.includes('/'))
    .join(' ');
}
