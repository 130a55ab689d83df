/** Sends secrets unencrypted to another machine only with the user's consent. */

import { unlessAborted } from '../../base/common/unlessAborted.ts';
import { ChatError, type ClientErrorCode } from '../../llm/chatError.ts';
import type { NetworkOptions } from '../connection.ts';
import { secretsOfRequest } from '../secrets/secrets.ts';
import { isLoopback } from './noProxy.ts';

/**
 * The origin of an `http://` address of another machine; `undefined` for every other address. Private networks count
 * as other machines.
 */
export function plainOrigin(address: string): string | undefined {
  const url = URL.parse(address.trim());
  return url?.protocol === 'http:' && !isLoopback(url) ? url.origin : undefined;
}

/** Throws a `ChatError` (`invalid-request`, code `plain-http`) for a request that must not be sent. */
export async function checkPlainHttp(
  request: { url: string; headers: Readonly<Record<string, string>> },
  { network, providerId, signal }: { network?: NetworkOptions; providerId: string; signal: AbortSignal },
): Promise<void> {
  const allow = network?.allowPlainHttp;
  const origin = plainOrigin(request.url);
  if (!allow || origin === undefined || secretsOfRequest(request).length === 0) return;
  if (await unlessAborted(Promise.resolve(allow(origin)), signal)) return;
  const message = `The key is not sent to ${origin}: the address is not encrypted.`;
  const code: ClientErrorCode = 'plain-http';
  throw new ChatError({ kind: 'invalid-request', providerId, message, code });
}
