/** Checks the API key in the header `Authorization: Bearer …`. */

import type { IncomingHttpHeaders } from 'node:http';
import type { ApiError } from './apiError.ts';
import type { CheckOptions } from './endpoint.ts';

/** Failures that a key can ask for by its name, to show the error without a script. */
export type KeyFailure = 'invalid' | 'arrears' | 'denied' | 'free-tier' | 'throttled';

export interface KeyRules {
  /** Without `apiKeys`, every key of this shape is accepted. */
  shape: RegExp;
  /** `invalid` also answers keys that are missing or unknown. */
  failures: Readonly<Record<KeyFailure, ApiError>>;
  missing: ApiError;
}

export function checkBearerKey(
  headers: IncomingHttpHeaders,
  { apiKeys }: CheckOptions,
  { shape, failures, missing }: KeyRules,
): ApiError | undefined {
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

/** The failure that the key names, as in `sk-arrears`, or `bce-v3/ALTAK-arrears/…` on Qianfan v2. */
function failureNamed(key: string): KeyFailure | undefined {
  const name = /^(?:sk-|bce-v3\/ALTAK-)([a-z-]+?)(?:\/.*)?$/.exec(key)?.[1];
  return failing.find((candidate) => candidate === name);
}

const failing: readonly KeyFailure[] = ['invalid', 'arrears', 'denied', 'free-tier', 'throttled'];
