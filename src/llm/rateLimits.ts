/** Reads a key's rate limits from response headers. */

/** Limits and remaining amounts of a key; absent where the platform does not send them. */
export interface RateLimits {
  limitRequests?: number;
  limitTokens?: number;
  remainingRequests?: number;
  remainingTokens?: number;
}

const names: Readonly<Record<keyof RateLimits, string>> = {
  limitRequests: 'x-ratelimit-limit-requests',
  limitTokens: 'x-ratelimit-limit-tokens',
  remainingRequests: 'x-ratelimit-remaining-requests',
  remainingTokens: 'x-ratelimit-remaining-tokens',
};

/** `headers` by lower-case name. `undefined` where none of the headers holds a count. */
export function readRateLimits(headers: ReadonlyMap<string, string>): RateLimits | undefined {
  const limits: RateLimits = {};
  for (const name of rateLimitNames) {
    const text = headers.get(names[name])?.trim() ?? '';
    if (/^\d{1,15}$/.test(text)) limits[name] = Number(text);
  }
  return Object.keys(limits).length > 0 ? limits : undefined;
}

export const rateLimitNames = [
  'limitRequests',
  'limitTokens',
  'remainingRequests',
  'remainingTokens',
] as const satisfies readonly (keyof RateLimits)[];
