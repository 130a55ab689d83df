/** What an error whose code is not known is: by its HTTP status, or by the beginning of its text. */

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
 * As much of a service's text as is searched for the words that tell a kind. A pattern with a gap in it takes quadratic
 * time, and the text of a hostile service may be megabytes long.
 */
export function searchedText(message: string): string {
  return message.slice(0, 4096);
}

/**
 * Whether a status means the address and not the model: nobody named a model. A path in the text may hold the word, as in
 * `/v1/models`. "Unexpected endpoint or method" is LM Studio's, with status 200.
 */
export function meansAddress(status: number | undefined, message: string): boolean {
  if (status === 405) return /^$|method not allowed|^The service answered/i.test(message);
  if (/unexpected endpoint or method/i.test(message)) return true;
  return status === 404 && !/model|模型|deployment|no endpoints|function '/i.test(withoutPaths(message));
}

/** Of a path the words count for nothing: it may be `/v1/models`. */
function withoutPaths(message: string): string {
  return message
    .split(/\s/)
    .filter((word) => !word.includes('/'))
    .join(' ');
}
