/** Access tokens of Qianfan v1: fetched once, shared by all requests, renewed before they end. */

import * as z from 'zod';
import { unlessAborted } from '../../chat/common/unlessAborted.ts';
import { ChatError } from '../../llm/chatError.ts';
import { kindOfStatus } from '../http/errorStatus.ts';
import { readText } from '../http/failures.ts';
import { type SendOptions, sendRequest } from '../http/http.ts';
import { parseJson } from '../sse/json.ts';

const providerId = 'qianfan-v1';
/** A token that ends so soon is not used any more. */
const renewEarlyMs = 60_000;
const patienceMs = 30_000;

export interface TokenSource {
  baseUrl: string;
  apiKey: string;
  secretKey: string;
}

interface Token {
  value: Promise<{ token: string; endsAt: number }>;
  /** The token itself, once it is there. */
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

/** Callers that come while a token is on its way share it. Throws a `ChatError` (`unauthorized`, or of the network). */
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

/** `token` was refused: the next request gets a newer one, which may be on its way already. */
export function forgetAccessToken(source: TokenSource, token: string): void {
  const key = keyOf(source);
  if (tokens.get(key)?.text === token) tokens.delete(key);
}

function keyOf({ baseUrl, apiKey, secretKey }: TokenSource): string {
  return JSON.stringify([baseUrl, apiKey, secretKey]);
}

function issue(key: string, source: TokenSource, options: SendOptions): Token {
  // The token outlives the request that happens to need it first: its abort must not fail the others.
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
  // What is watched is the text without the token, told below.
  const body = await readText(response, { ...options, witness: undefined });
  options.witness?.tokenData(body);
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
