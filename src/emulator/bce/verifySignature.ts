/** Checks a BCE signature (version 1) as Baidu's gateway does; own code, so that it shares no mistake with a client. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ApiError } from '../apiError.ts';
import type { RecordedRequest } from '../recordedRequest.ts';
import { canonicalRequest } from './canonicalRequest.ts';

/** Access key and secret key known to every emulator that is not given `iamKeys`. */
export const demoIamKeys: Readonly<Record<string, string>> = { 'demo-access-key': 'demo-secret-key' };

/** How far ahead of the clock a timestamp may lie, in milliseconds. */
const allowedSkew = 15 * 60 * 1000;

type Checked = Pick<RecordedRequest, 'method' | 'url' | 'headers' | 'warnings'>;

/** Adds to `warnings` what the vendor advises against. `now` is in milliseconds since the epoch. */
export function verifySignature(
  request: Checked,
  keys: Readonly<Record<string, string>> = demoIamKeys,
  now = Date.now(),
): ApiError | undefined {
  const authorization = parse(request.headers.authorization ?? '');
  if (authorization === undefined) {
    return gatewayError(400, 'InvalidHTTPAuthHeader', 'The HTTP authorization header is invalid.');
  }
  const secretKey = keys[authorization.accessKey];
  if (secretKey === undefined) {
    return gatewayError(403, 'InvalidAccessKeyId', 'NotFound, cause: Could not find credential.');
  }
  if (!matches(request, authorization, secretKey)) {
    return gatewayError(
      400,
      'SignatureDoesNotMatch',
      'SignatureDoesNotMatch, cause: Fail to authn user: Signature does not match',
    );
  }
  const { time, expireSeconds, signed } = authorization;
  if (time + expireSeconds * 1000 < now || time > now + allowedSkew) {
    return gatewayError(400, 'RequestExpired', 'Request has expired. Timestamp date is out of range.');
  }
  if (signed.size > 0 && !signed.has('host')) {
    request.warnings.push('the signature does not cover the host header');
  }
  return undefined;
}

interface Authorization {
  accessKey: string;
  /** Everything before the signed headers. */
  prefix: string;
  /** In milliseconds since the epoch. */
  time: number;
  expireSeconds: number;
  /** Empty: the default set. */
  signed: Set<string>;
  signature: string;
}

function parse(header: string): Authorization | undefined {
  const match =
    /^(bce-auth-v1\/([^/]+)\/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\/(\d+))\/([^/]*)\/([0-9a-f]{64})$/.exec(
      header,
    );
  if (match === null) {
    return undefined;
  }
  const [, prefix = '', accessKey = '', timestamp = '', expireSeconds, names = '', signature = ''] = match;
  const time = Date.parse(timestamp);
  const signed = new Set(names.split(';').filter((name) => name !== ''));
  return Number.isNaN(time)
    ? undefined
    : { accessKey, prefix, time, expireSeconds: Number(expireSeconds), signed, signature };
}

/** Some vendor clients sign every `x-bce-…` header without naming it, so both readings of a list are tried. */
function matches(request: Checked, { prefix, signed, signature }: Authorization, secretKey: string): boolean {
  const signingKey = hmac(secretKey, prefix);
  const vendorHeaders = Object.keys(request.headers).filter((name) => name.startsWith('x-bce-'));
  const readings =
    signed.size === 0 ? [defaultSet(request.headers)] : [signed, new Set([...signed, ...vendorHeaders])];
  try {
    return readings.some((names) =>
      timingSafeEqual(
        Buffer.from(hmac(signingKey, canonicalRequest(request, names))),
        Buffer.from(signature),
      ),
    );
  } catch {
    return false;
  }
}

function defaultSet(headers: IncomingHttpHeaders): Set<string> {
  const usual = ['host', 'content-length', 'content-type', 'content-md5'];
  return new Set(Object.keys(headers).filter((name) => usual.includes(name) || name.startsWith('x-bce-')));
}

const hmac = (key: string, data: string): string => createHmac('sha256', key).update(data).digest('hex');

const gatewayError = (status: number, code: string, message: string): ApiError => ({
  status,
  code,
  message,
  headers: { 'x-bce-error-code': code, 'x-bce-error-message': message },
});
