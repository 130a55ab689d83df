/** Qianfan v1: an API key and its secret key are exchanged for an access token. */

import { randomBytes } from 'node:crypto';
import type { RecordedRequest } from '../recordedRequest.ts';
import type { Refusal } from '../refusal.ts';
import type { CheckOptions, Wire } from '../wire.ts';

/** 30 days, in seconds. */
const usualLifetime = 2_592_000;

export const qianfanTokenWire: Wire = {
  name: 'qianfan-token',
  aside: true,
  serves: (path) => path === '/oauth/2.0/token',
  wantsStream: () => false,
  check(request, options) {
    const refusal = checkRequest(request, options);
    return refusal === undefined
      ? { type: 'reply', body: issueToken(options) }
      : { type: 'refused', refusal };
  },
  streamHeaders: {},
  encodeError: ({ code, message }) => JSON.stringify({ error: code, error_description: message }),
  encodeErrorEvent: ({ code, message }) => JSON.stringify({ error: code, error_description: message }),
};

function issueToken({ tokens, tokenLifetimeSeconds = usualLifetime }: CheckOptions): string {
  return JSON.stringify({
    refresh_token: `25.${randomBytes(16).toString('hex')}`,
    expires_in: tokenLifetimeSeconds,
    session_key: randomBytes(24).toString('base64'),
    access_token: tokens.issue(tokenLifetimeSeconds),
    scope: 'ai_custom_yiyan_com ai_custom_qianfan wenxinworkshop_mgr',
    session_secret: randomBytes(16).toString('hex'),
  });
}

/** The parameters stand in the query, as every client sends them, or in a form. */
function checkRequest(request: RecordedRequest, options: CheckOptions): Refusal | undefined {
  const form = Object.fromEntries(new URLSearchParams(request.bodyText));
  const {
    grant_type: grant,
    client_id: key = '',
    client_secret: secret = '',
  } = { ...form, ...request.query };
  if (!['GET', 'POST'].includes(request.method)) {
    return refuse('invalid_request', 'The request method is not supported', 405);
  }
  if (grant !== 'client_credentials') {
    return refuse('unsupported_grant_type', 'The authorization grant type is not supported', 400);
  }
  const known = options.apps === undefined ? anyPair(key, secret) : options.apps[key];
  if (known === undefined) {
    return refuse('invalid_client', 'unknown client id', 401);
  }
  return secret === known ? undefined : refuse('invalid_client', 'Client authentication failed', 401);
}

/** The secret key that belongs to the API key when every pair is known but those that begin with `invalid`. */
function anyPair(key: string, secret: string): string | undefined {
  if (key === '' || key.startsWith('invalid')) {
    return undefined;
  }
  return secret === '' || secret.startsWith('invalid') ? 'another' : secret;
}

const refuse = (code: string, message: string, status: number): Refusal => ({ status, code, message });
