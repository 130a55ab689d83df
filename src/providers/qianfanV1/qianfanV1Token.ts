/** Fetches and caches Qianfan v1's access tokens, shared by all requests and renewed before they expire. */

import * as z from 'zod';
import { unlessAborted } from '../../base/common/unlessAborted.ts';
import { ChatError } from '../../llm/chatError.ts';
import { kindOfStatus } from '../http/errorStatus.ts';
import { readText } from '../http/failures.ts';
import { type SendOptions, sendRequest } from '../http/http.ts';
import { parseJson } from '../sse/json.ts';

const providerId = 'qianfan-v1';
/** Tokens are not used within this time before they expire. */
const renewEarlyMs = 60_000;
const patienceMs = 30_000;

export interface TokenSource {
  baseUrl: string;
  apiKey: string;
  secretKey: string;
}

interface Token {
  value: Promise<{ token: string; endsAt: number }>;
  /** The token, once issued. */
  text?: string;
}

const tokens = new Map<string, Token>();

const tokenSchema = z.object({
  access_token: z.string().optional(),
  /** Seconds; a month for real ones. */
  expires_in: z.coerce.number().positive().catch(3600),
  error: z.string().optional(),
  error_description: z.string().optional(),
});

/** Returns a valid token; concurrent callers share one request. Throws a `ChatError`. */
export async function accessTokenFor(source: TokenSource, options: SendOptions): Promise<string> {
  const key = keyOf(source);
  const known = tokens.get(key);
  if (known) {
    const { token, endsAt } = await unlessAborted(known.value, options.signal);
    if (endsAt - renewEarlyMs > Date.now()) return token;
    if (tokens.get(key) === known) tokens.delete(key);
  }
  const current = tokens.get(key) ?? issue(key, source, options);
  return (await unlessAborted(current.value, options.signal)).token;
}

/** Drops a refused token, unless a newer one has replaced it. */
export function forgetAccessToken(source: TokenSource, token: string): void {
  const key = keyOf(source);
  if (tokens.get(key)?.text === token) tokens.delete(key);
}

function keyOf({ baseUrl, apiKey, secretKey }: TokenSource): string {
  return JSON.stringify([baseUrl, apiKey, secretKey]);
}

function issue(key: string, source: TokenSource, options: SendOptions): Token {
  // The token outlives the request that needs it first: aborting that one must not fail the others.
  const value = requestToken(source, { ...options, signal: AbortSignal.timeout(patienceMs) }).catch(
    (error) => {
      const late = error instanceof ChatError && error.kind === 'aborted';
      const message = 'The token service did not answer in time.';
      throw late ? new ChatError({ kind: 'timeout', providerId, message }) : error;
    },
  );
  const token: Token = { value };
  tokens.set(key, token);
  value.then(
    (issued) => {
      token.text = issued.token;
    },
    () => {
      if (tokens.get(key) === token) tokens.delete(key);
    },
  );
  return token;
}

async function requestToken(
  { baseUrl, apiKey, secretKey }: TokenSource,
  options: SendOptions,
): Promise<{ token: string; endsAt: number }> {
  const query = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: apiKey,
    client_secret: secretKey,
  });
  const request = {
    url: `${baseUrl}/oauth/2.0/token?${query}`,
    headers: { accept: 'application/json' },
    body: '',
    purpose: 'token' as const,
  };
  const response = await sendRequest(request, options);
  // Report the body without its tokens instead, below.
  const body = await readText(response, { ...options, reporter: undefined });
  options.reporter?.tokenData(body);
  const { data } = tokenSchema.safeParse(parseJson(body));
  if (data?.access_token) return { token: data.access_token, endsAt: Date.now() + data.expires_in * 1000 };
  const { status } = response;
  const refusedKey = data?.error !== undefined || status === 400 || status === 401 || status === 403;
  throw new ChatError({
    kind: refusedKey ? 'unauthorized' : status >= 400 ? kindOfStatus(status) : 'protocol',
    providerId,
    message: data?.error_description ?? data?.error ?? `The token service answered with status ${status}.`,
    status,
    code: data?.error,
  });
}
