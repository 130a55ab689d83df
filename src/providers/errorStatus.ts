/** What an error whose code is not known is: by its HTTP status, or by the beginning of its text. */

import type { ChatErrorKind } from '../core/chatError.ts';

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
