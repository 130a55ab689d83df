/** Signs requests for Baidu Cloud, version 1 (vendor page "generate the authentication string"). */

import { createHmac } from 'node:crypto';

export interface BceRequest {
  method: string;
  /** The URL's path, encoded or not; it is encoded once either way. */
  path: string;
  query?: Readonly<Record<string, string | number | null | undefined>>;
  /** Must contain `host` as sent, with the port unless it is the default one. */
  headers: Readonly<Record<string, string | number | undefined>>;
  accessKey: string;
  secretKey: string;
  /** The time of signing; a text is used unchanged and must read `YYYY-MM-DDThh:mm:ssZ`. */
  timestamp: Date | string;
  /** Default 1800, as the vendor's. */
  expirationInSeconds?: number;
  /** Default: `host`, `content-length`, `content-type`, `content-md5`. Every `x-bce-*` is signed in addition. */
  headersToSign?: readonly string[] | null;
}

const defaultHeaders = ['host', 'content-length', 'content-type', 'content-md5'];

/** Returns the value of the `Authorization` header. Pure. */
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

/** Like `encodeURIComponent`, and encodes `! ' ( ) *`, too. */
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

/** Sorted after encoding, so that `a-b=1` precedes `a=2`. */
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

/** The texts are ASCII: UTF-16 order is byte order. */
function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
