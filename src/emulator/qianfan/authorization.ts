/** Who may ask Qianfan v1: an access token in the query, or a signature in `Authorization`. */

import { verifySignature } from '../bce/verifySignature.ts';
import type { RecordedRequest } from '../recordedRequest.ts';
import type { Refusal } from '../refusal.ts';
import type { CheckOptions } from '../wire.ts';
import { expiredToken, invalidToken, noToken } from './errors.ts';

/** Adds to `request.warnings`. */
export function checkAuthorization(request: RecordedRequest, options: CheckOptions): Refusal | undefined {
  const token = request.query.access_token;
  if (token === undefined && (request.headers.authorization ?? '') !== '') {
    return verifySignature(request, options.iamKeys);
  }
  if (token === undefined || token === '') {
    return noToken;
  }
  const state = options.tokens.state(token);
  return state === 'valid' ? undefined : state === 'expired' ? expiredToken : invalidToken;
}
