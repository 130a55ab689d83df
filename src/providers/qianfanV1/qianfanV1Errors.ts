/** Qianfan v1's error codes (vendor page "Dolly-12B", vendor's clients); most come with HTTP status 200. */

import { ChatError, type ChatErrorKind, type ClientErrorCode } from '../../llm/chatError.ts';
import { kindOfStatus, meansAddress, searchedText } from '../http/errorStatus.ts';
import { readError, readErrorBody, type ServiceError } from '../http/serviceError.ts';
import { isRecord } from '../sse/json.ts';

const providerId = 'qianfan-v1';

export const qianfanV1Kinds: Readonly<Record<string, ChatErrorKind>> = {
  1: 'unavailable',
  2: 'unavailable',
  3: 'model-not-found',
  4: 'rate-limited',
  6: 'unauthorized',
  13: 'unauthorized',
  14: 'unauthorized',
  15: 'unavailable',
  17: 'quota',
  18: 'rate-limited',
  19: 'quota',
  100: 'unauthorized',
  110: 'unauthorized',
  111: 'unauthorized',
  336000: 'unavailable',
  336001: 'invalid-request',
  336002: 'invalid-request',
  336003: 'invalid-request',
  336004: 'unauthorized',
  336005: 'model-not-found',
  336006: 'invalid-request',
  336007: 'context-too-long',
  336100: 'unavailable',
  336101: 'invalid-request',
  336103: 'context-too-long',
  336104: 'invalid-request',
  336105: 'invalid-request',
  336200: 'unavailable',
  336303: 'unavailable',
  336501: 'rate-limited',
  336502: 'rate-limited',
  337006: 'invalid-request',
  500000: 'unavailable',
  // Codes of the gateway, which checks signatures (vendor page "common error codes")
  AccessDenied: 'unauthorized',
  InvalidAccessKeyId: 'unauthorized',
  InvalidHTTPAuthHeader: 'unauthorized',
  OptInRequired: 'unauthorized',
  RequestExpired: 'unauthorized',
  SignatureDoesNotMatch: 'unauthorized',
  InternalError: 'unavailable',
};

/** Whether the token was refused, so that a new one may help. */
export function isTokenFailure(error: ChatError): boolean {
  return error.code === '110' || error.code === '111';
}

/** The error for a status of 400 or more. The gateway's code is in a header, its body has another shape. */
export function readQianfanV1Failure(
  status: number,
  body: string,
  headers: ReadonlyMap<string, string>,
): ChatError {
  const named = { code: headers.get('x-bce-error-code'), message: headers.get('x-bce-error-message') };
  const value = readErrorBody(body);
  const raw = isRecord(value) ? value : { message: body.trim() };
  const fromHeaders = named.code === undefined ? {} : { code: named.code, message: named.message };
  return qianfanV1Error({ ...raw, ...fromHeaders }, { status, requestId: headers.get('x-bce-request-id') });
}

export function qianfanV1Error(
  raw: unknown,
  known: { status: number; requestId: string | undefined },
): ChatError {
  return toQianfanV1Error(readError(raw), known);
}

export function toQianfanV1Error(
  { code, message: said, requestId }: ServiceError,
  known: { status: number; requestId: string | undefined },
): ChatError {
  const { status } = known;
  const message = said ?? `The service answered with status ${status}.`;
  const searched = searchedText(message);
  const named =
    (code === undefined || !Object.hasOwn(qianfanV1Kinds, code) ? undefined : qianfanV1Kinds[code]) ??
    (/could not find credential|signature does not match/i.test(searched) ? 'unauthorized' : undefined);
  const wrongAddress: ClientErrorCode | undefined =
    named === undefined && code === undefined && meansAddress(status, searched) ? 'wrong-address' : undefined;
  return new ChatError({
    kind: wrongAddress ? 'protocol' : (named ?? kindOfStatus(status)),
    providerId,
    message,
    status,
    code: wrongAddress ?? code,
    requestId: requestId ?? known.requestId,
  });
}
