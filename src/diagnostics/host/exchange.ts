/** One request without a key to a connection's server, on the very road that questions take. */

import type { ChatError } from '../../llm/chatError.ts';
import type { NetworkOptions } from '../../providers/connection.ts';

/** `answered`: whatever the status, HTTP came back. Times are of this computer, in milliseconds since the epoch. */
export type ExchangeOutcome =
  | { type: 'answered'; status: number; date: string | undefined; sentAt: number; answeredAt: number }
  | { type: 'failed'; error: ChatError }
  | { type: 'no-address' };

export type Exchange = (signal: AbortSignal) => Promise<ExchangeOutcome>;

/** Milliseconds; shorter than what a check is given, so that the failure has a name. */
const limits = { connectMs: 8000, firstByteMs: 9000, idleMs: 3000 };

/** Asks for the root of the server with the first call; later ones get the same outcome. Rejects only when aborted. */
export function createExchange(url: URL | undefined, network: NetworkOptions): Exchange {
  let outcome: Promise<ExchangeOutcome> | undefined;
  return (signal) => {
    outcome ??= url ? exchange(url, network, signal) : Promise.resolve({ type: 'no-address' });
    return outcome;
  };
}

async function exchange(
  { origin }: URL,
  network: NetworkOptions,
  signal: AbortSignal,
): Promise<ExchangeOutcome> {
  const { sendRequest, toChatError } = await import('../../providers/http/http.ts');
  const options = { providerId: 'doctor', timeouts: limits, network, signal };
  const sentAt = Date.now();
  try {
    const response = await sendRequest({ method: 'GET', url: `${origin}/`, headers: {} }, options);
    const answeredAt = Date.now();
    response.body.on('error', () => {}).destroy();
    return {
      type: 'answered',
      status: response.status,
      date: response.headers.get('date'),
      sentAt,
      answeredAt,
    };
  } catch (error) {
    signal.throwIfAborted();
    return { type: 'failed', error: toChatError(error, options) };
  }
}
