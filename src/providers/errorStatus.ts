/** What an HTTP status says of an error whose code is not known. */

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
