/** Qianfan v1's error codes (vendor page "Dolly-12B" and the vendor's clients); most come with HTTP status 200. */

import * as z from 'zod';
import { ChatError, type ChatErrorKind } from '../core/chatError.ts';
import { kindOfStatus } from './errorStatus.ts';
import { parseJson } from './json.ts';

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
  // The gateway's own, which checks signatures (vendor page "common error codes")
  AccessDenied: 'unauthorized',
  InvalidAccessKeyId: 'unauthorized',
  InvalidHTTPAuthHeader: 'unauthorized',
  OptInRequired: 'unauthorized',
  RequestExpired: 'unauthorized',
  SignatureDoesNotMatch: 'unauthorized',
  InternalError: 'unavailable',
};

const text = z.string().nullish().catch(undefined);
const code = z.union([z.number(), z.string()]).nullish().catch(undefined);
const errorSchema = z.object({
  id: text,
  requestId: text,
  error_code: code,
  error_msg: text,
  code,
  msg: text,
  message: text,
});

/** The token is no longer good: a new one is worth a second request. */
export function isTokenFailure(error: ChatError): boolean {
  return error.code === '110' || error.code === '111';
}

/** The gateway names its code in a header, and in a body of another form than the service's. */
export function readQianfanV1Failure(
  status: number,
  body: string,
  headers: ReadonlyMap<string, string>,
): ChatError {
  const named = { code: headers.get('x-bce-error-code'), message: headers.get('x-bce-error-message') };
  const framed = /^data:\s*(\{.*)$/m.exec(body)?.[1];
  const value = parseJson(body) ?? (framed === undefined ? undefined : parseJson(framed));
  const raw = typeof value === 'object' && value !== null ? value : { message: body.trim() };
  const fromHeaders = named.code === undefined ? {} : { code: named.code, message: named.message };
  return qianfanV1Error({ ...raw, ...fromHeaders }, { status, requestId: headers.get('x-bce-request-id') });
}

export function qianfanV1Error(
  raw: unknown,
  known: { status: number; requestId: string | undefined },
): ChatError {
  const { data } = errorSchema.safeParse(raw);
  const named = data?.error_code ?? data?.code;
  const platformCode = named === null || named === undefined ? undefined : String(named);
  const said = data?.error_msg ?? data?.msg ?? data?.message;
  const byText =
    said && /could not find credential|signature does not match/i.test(said) ? 'unauthorized' : undefined;
  return new ChatError({
    kind:
      (platformCode === undefined ? undefined : qianfanV1Kinds[platformCode]) ??
      byText ??
      kindOfStatus(known.status),
    providerId,
    message: said || `The service answered with status ${known.status}.`,
    status: known.status,
    code: platformCode,
    requestId: data?.requestId ?? data?.id ?? known.requestId,
  });
}
