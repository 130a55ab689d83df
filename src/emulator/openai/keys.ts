/** Reads the key of a chat completions request and judges it as every dialect does. */

import type { IncomingHttpHeaders } from 'node:http';
import type { Refusal } from '../refusal.ts';
import { type Failing, failureNamed } from '../tellingKeys.ts';
import type { CheckOptions } from '../wire.ts';

export interface KeyRules {
  /** The shape of keys that are known when no others are. */
  shape: RegExp;
  /** `invalid` also answers keys that are missing or unknown. */
  failures: Readonly<Record<Failing, Refusal>>;
  missing: Refusal;
}

export function checkBearerKey(
  headers: IncomingHttpHeaders,
  { apiKeys }: CheckOptions,
  { shape, failures, missing }: KeyRules,
): Refusal | undefined {
  if (headers.authorization === undefined) {
    return missing;
  }
  const key = /^Bearer (\S+)$/.exec(headers.authorization)?.[1];
  if (key === undefined || !(apiKeys?.includes(key) ?? shape.test(key))) {
    return failures.invalid;
  }
  const failing = failureNamed(key);
  return failing === undefined ? undefined : failures[failing];
}
