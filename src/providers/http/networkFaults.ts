/** Classifies errors below HTTP: timeouts, certificates, proxies and invalid HTTP. */

import { errors } from 'undici';
import type { ChatErrorKind } from '../../llm/chatError.ts';

/**
 * Codes of proxy errors, which have no others; they become `ChatError.code`. `proxy-authentication`: the proxy
 * requires a user and password, or other ones (407). `proxy-refused`: it opened no tunnel (`ChatError.status` is its
 * status, if any). `proxy-address`: not the address of an HTTP proxy.
 */
export type ProxyFaultCode = 'proxy-authentication' | 'proxy-refused' | 'proxy-address';

export class ProxyFault extends Error {
  readonly code: ProxyFaultCode;
  /** The proxy's status for CONNECT. */
  readonly status: number | undefined;

  constructor(code: ProxyFaultCode, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status;
  }
}

export interface NetworkFault {
  kind: ChatErrorKind;
  message: string;
  /** Node's, undici's or OpenSSL's code, or a `ProxyFaultCode`. */
  code: string | undefined;
  status: number | undefined;
}

/** Classifies an error of a socket, of TLS or of undici; `unexpected` for any other exception. */
export function readNetworkFault(error: unknown): NetworkFault {
  const code = errorCode(error);
  const text = messageOf(error);
  if (error instanceof ProxyFault) return { kind: 'network', message: text, code, status: error.status };
  if (error instanceof errors.HTTPParserError) {
    // At the end of a connection the parser reports an error without data.
    if ('data' in error && error.data) return { kind: 'protocol', message: text, code, status: undefined };
    return { kind: 'network', message: 'The connection ended inside the answer.', code, status: undefined };
  }
  const kind = code === undefined ? kindOfUnnamed(error) : kindOf(code);
  const words = code === undefined ? undefined : explain(code);
  const message = `${words ? `${words}: ` : ''}${text}${code ? ` (${code})` : ''}`;
  return { kind, message, code, status: undefined };
}

/** Whether another certificate store may know the certificate's issuer. */
export function isUnknownIssuer(error: unknown): boolean {
  const code = errorCode(error);
  return code !== undefined && unknownIssuer.has(code);
}

/** The code of the error or of its cause. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? errorCode(error.cause) : undefined;
}

const timeouts = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** https://docs.openssl.org/master/man1/openssl-verification-options/#diagnostics */
const unknownIssuer = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
]);

function kindOf(code: string): ChatErrorKind {
  if (timeouts.has(code)) return 'timeout';
  // Data that is not compressed as the header says, or endless headers.
  if (/^(Z_|ERR__ERROR_|UND_ERR_HEADERS_OVERFLOW)/.test(code)) return 'protocol';
  if (code === 'UND_ERR_INVALID_ARG' || code === 'ERR_INVALID_URL') return 'invalid-request';
  // Node's codes for wrong calls and exhausted memory, e.g. ERR_INVALID_ARG_TYPE, ERR_STRING_TOO_LONG.
  return /^ERR_(INVALID|OUT_OF|STRING|BUFFER|MEMORY|MISSING|METHOD|UNHANDLED)_/.test(code)
    ? 'unexpected'
    : 'network';
}

/** Socket errors have a code, or are plain errors; JavaScript's own types mean a bug. */
function kindOfUnnamed(error: unknown): ChatErrorKind {
  const ofCode = [RangeError, TypeError, SyntaxError, ReferenceError, URIError];
  return ofCode.some((type) => error instanceof type) ? 'unexpected' : 'network';
}

function explain(code: string): string | undefined {
  if (unknownIssuer.has(code)) return 'The certificate was signed by an authority that is not trusted here';
  if (code === 'CERT_HAS_EXPIRED') return 'The certificate has expired';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'The certificate belongs to another host';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The host name has no address';
  return undefined;
}

/** A host with several addresses fails once for each, and the aggregate has no message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
