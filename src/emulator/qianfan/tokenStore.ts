/** The access tokens that an emulator issued, with their states. */

import { randomBytes } from 'node:crypto';

export interface TokenStore {
  /** A new token that is good for this long. */
  issue(lifetimeSeconds: number): string;
  state(token: string): TokenState;
  /** Ends every token known so far. */
  endAll(state: Exclude<TokenState, 'valid'>): void;
}

export type TokenState = 'valid' | 'expired' | 'unknown';

/** Known to every emulator that is not given `accessTokens`. */
export const demoAccessToken = '24.demo-access-token';

/** `known`: tokens that exist from the start and have no end. */
export function createTokenStore(known: readonly string[] = [demoAccessToken]): TokenStore {
  const ends = new Map<string, number>(known.map((token) => [token, Number.POSITIVE_INFINITY]));
  return {
    issue(lifetimeSeconds) {
      const token = `24.${randomBytes(16).toString('hex')}.${lifetimeSeconds}.${Math.floor(Date.now() / 1000)}`;
      ends.set(token, Date.now() + lifetimeSeconds * 1000);
      return token;
    },
    state(token) {
      const end = ends.get(token);
      if (end === undefined) {
        return 'unknown';
      }
      return Date.now() < end ? 'valid' : 'expired';
    },
    endAll(state) {
      for (const token of [...ends.keys()]) {
        if (state === 'expired') {
          ends.set(token, 0);
        } else {
          ends.delete(token);
        }
      }
    },
  };
}
