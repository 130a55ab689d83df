/** What a BCE signature (version 1) is made over (Baidu’s authentication reference). */

import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  method: string;
  /** Path and query as they travelled. */
  url: string;
  headers: IncomingHttpHeaders;
}

/** `signed`: lower-case names, in any order. Throws a `URIError` for a broken `%` sequence. */
export function canonicalRequest(
  { method, url, headers }: SignedRequest,
  signed: ReadonlySet<string>,
): string {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  return [
    method.toUpperCase(),
    path
      .split('/')
      .map((segment) => uriEncode(decodeURIComponent(segment)))
      .join('/'),
    canonicalQuery(mark < 0 ? '' : url.slice(mark + 1)),
    canonicalHeaders(headers, signed),
  ].join('\n');
}

/** Unreserved signs stay, everything else is `%XX`, `! ' ( ) *` too. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The finished `name=value` texts are sorted, not the names; all of them are ASCII by then. */
function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return [decodeURIComponent(name), decodeURIComponent(rest.join('='))] as const;
    })
    .filter(([name]) => name.toLowerCase() !== 'authorization')
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .sort()
    .join('&');
}

function canonicalHeaders(headers: IncomingHttpHeaders, signed: ReadonlySet<string>): string {
  return [...signed]
    .map((name) => [name, [headers[name] ?? ''].flat().join(', ').trim()] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${uriEncode(name)}:${uriEncode(value)}`)
    .sort()
    .join('\n');
}
