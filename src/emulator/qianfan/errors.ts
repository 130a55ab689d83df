/** Qianfan v1's errors; they travel with HTTP status 200. Those of the gateway are in `bce/`. */

import type { Refusal } from '../refusal.ts';

const refusal = (code: number, message: string): Refusal => ({ status: 200, code: String(code), message });

export const noSuchEndpoint = refusal(3, 'Unsupported openapi method');
export const noToken = refusal(100, 'Invalid parameter');
export const invalidToken = refusal(110, 'Access token invalid or no longer valid');
export const expiredToken = refusal(111, 'Access token expired');
export const invalidJson = refusal(336002, 'Invalid JSON');
export const wrongMethod = refusal(336101, 'Invalid HTTP method');

export const invalidParameter = (message: string): Refusal => refusal(336003, message);
export const badMessages = (message: string): Refusal => refusal(336006, message);
export const tooLong = (message: string): Refusal => refusal(336007, message);

/** A code in digits is the service's own; any other is a word of the gateway, which has another body. */
export function encodeError({ code, message }: Refusal, requestId: string): string {
  return JSON.stringify(
    /^\d+$/.test(code)
      ? { error_code: Number(code), error_msg: message, id: requestId }
      : { requestId, code, message },
  );
}
