/** Qianfan v1: exchanges an API key and its secret key for an access token. */

import { randomBytes } from 'node:crypto';
import { type ApiError, apiError } from '../apiError.ts';
import type { CheckOptions, Endpoint } from '../endpoint.ts';
import type { RecordedRequest } from '../recordedRequest.ts';

/** 30 days, in seconds. */
const usualLifetime = 2_592_000;

export const qianfanTokenEndpoint: Endpoint = {
  name: 'qianfan-token',
  auxiliary: true,
  serves: (path) => path === '/oauth/2.0/token',
  wantsStream: () => false,
  check: (request, options) => checkRequest(request, options) ?? { reply: issueToken(options) },
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
function checkRequest(request: RecordedRequest, options: CheckOptions): ApiError | undefined {
  const form = Object.fromEntries(new URLSearchParams(request.bodyText));
  const {
    grant_type: grant,
    client_id: key = '',
    client_secret: secret = '',
  } = { ...form, ...request.query };
  if (!['GET', 'POST'].includes(request.method)) {
    return apiError(405, 'invalid_request', 'The request method is not supported');
  }
  if (grant !== 'client_credentials') {
    return apiError(400, 'unsupported_grant_type', 'The authorization grant type is not supported');
  }
  const known = options.apps === undefined ? anyPair(key, secret) : options.apps[key];
  if (known === undefined) {
    return apiError(401, 'invalid_client', 'unknown client id');
  }
  return secret === known ? undefined : apiError(401, 'invalid_client', 'Client authentication failed');
}

/** The secret key that belongs to the API key when every pair is known but those that begin with `invalid`. */
function anyPair(key: string, secret: string): string | undefined {
  if (key === '' || key.startsWith('invalid')) {
    return undefined;
  }
  return secret === '' || secret.startsWith('invalid') ? 'another' : secret;
}
