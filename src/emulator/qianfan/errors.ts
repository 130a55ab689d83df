/** Qianfan v1's errors; they travel with HTTP status 200. Those of the gateway are in `bce/`. */

import type { ApiError } from '../apiError.ts';

const serviceError = (code: number, message: string): ApiError => ({
  status: 200,
  code: String(code),
  message,
});

export const noSuchEndpoint = serviceError(3, 'Unsupported openapi method');
export const noToken = serviceError(100, 'Invalid parameter');
export const invalidToken = serviceError(110, 'Access token invalid or no longer valid');
export const expiredToken = serviceError(111, 'Access token expired');
export const invalidJson = serviceError(336002, 'Invalid JSON');
export const wrongMethod = serviceError(336101, 'Invalid HTTP method');

export const invalidParameter = (message: string): ApiError => serviceError(336003, message);
export const badMessages = (message: string): ApiError => serviceError(336006, message);
export const tooLong = (message: string): ApiError => serviceError(336007, message);

/** A code in digits is the service's own; any other is a word of the gateway, which has another body. */
export function encodeError({ code, message }: ApiError, requestId: string): string {
  return JSON.stringify(
    /^\d+$/.test(code)
      ? { error_code: Number(code), error_msg: message, id: requestId }
      : { requestId, code, message },
  );
}
