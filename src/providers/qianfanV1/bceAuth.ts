/** Baidu Cloud's request signature, version 1 (vendor page "generate the authentication string"). */

import { createHmac } from 'node:crypto';

export interface BceRequest {
  method: string;
  /** As it will stand in the URL, encoded or not; it is encoded once either way. */
  path: string;
  query?: Readonly<Record<string, string | number | null | undefined>>;
  /** Must hold `host` as it will be sent, with a port that is not the default one. */
  headers: Readonly<Record<string, string | number | undefined>>;
  accessKey: string;
  secretKey: string;
  /** The moment of signing; a text is taken as it is and must read `YYYY-MM-DDThh:mm:ssZ`. */
  timestamp: Date | string;
  /** Default 1800, the vendor's own. */
  expirationInSeconds?: number;
  /** Default: `host`, `content-length`, `content-type`, `content-md5`. Every `x-bce-*` is signed besides. */
  headersToSign?: readonly string[] | null;
}

const defaultHeaders = ['host', 'content-length', 'content-type', 'content-md5'];

/** The value of the `Authorization` header. Pure. */
export function signBceRequest(request: BceRequest): string {
  const { method, path, query = {}, headers, accessKey, secretKey, expirationInSeconds = 1800 } = request;
  const prefix = `bce-auth-v1/${accessKey}/${formatBceDate(request.timestamp)}/${expirationInSeconds}`;
  const signed = canonicalHeaders(headers, request.headersToSign);
  const canonicalRequest = [
    method.toUpperCase(),
    canonicalPath(path),
    canonicalQuery(query),
    signed.lines.join('\n'),
  ];
  const signingKey = hmac(secretKey, prefix);
  return `${prefix}/${signed.names.join(';')}/${hmac(signingKey, canonicalRequest.join('\n'))}`;
}

/** `YYYY-MM-DDThh:mm:ssZ`, in UTC and without a fraction. */
export function formatBceDate(moment: Date | string): string {
  return typeof moment === 'string' ? moment : moment.toISOString().replace(/\.\d+Z$/, 'Z');
}

function hmac(key: string, data: string): string {
  return createHmac('sha256', key).update(data).digest('hex');
}

/** Like `encodeURIComponent`, and `! ' ( ) *` too. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalPath(path: string): string {
  return `/${path
    .replace(/^\//, '')
    .split('/')
    .map((part) => encode(decode(part)))
    .join('/')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Sorted as finished texts, so that `a-b=1` stands before `a=2`. */
function canonicalQuery(query: NonNullable<BceRequest['query']>): string {
  return Object.entries(query)
    .filter(([name]) => name.toLowerCase() !== 'authorization')
    .map(([name, value]) => `${encode(name)}=${encode(String(value ?? ''))}`)
    .sort(byBytes)
    .join('&');
}

function canonicalHeaders(
  headers: BceRequest['headers'],
  headersToSign: BceRequest['headersToSign'],
): { lines: string[]; names: string[] } {
  const wanted = new Set((headersToSign ?? defaultHeaders).map((name) => name.trim().toLowerCase()));
  const signed = Object.entries(headers)
    .map(([name, value]) => ({ name: name.trim().toLowerCase(), value: String(value ?? '').trim() }))
    .filter(({ name, value }) => value !== '' && (wanted.has(name) || name.startsWith('x-bce-')));
  return {
    lines: signed.map(({ name, value }) => `${encode(name)}:${encode(value)}`).sort(byBytes),
    names: signed.map(({ name }) => name).sort(byBytes),
  };
}

/** All texts are ASCII here, where UTF-16 order is byte order. */
function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
