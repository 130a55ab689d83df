/** Sends one request without a key to a connection's server, through the same HTTP client as questions. */

import type { ChatError } from '../../llm/chatError.ts';
import type { NetworkOptions } from '../../providers/connection.ts';

/** `answered`: the server sent an HTTP response of any status. `sentAt`, `answeredAt`: milliseconds since the epoch. */
export type ExchangeOutcome =
  | { type: 'answered'; status: number; date: string | undefined; sentAt: number; answeredAt: number }
  | { type: 'failed'; error: ChatError }
  | { type: 'no-address' };

export type Exchange = (signal: AbortSignal) => Promise<ExchangeOutcome>;

/** Milliseconds. Shorter than the limit of a check, so that the error says what timed out. */
const limits = { connectMs: 8000, firstByteMs: 9000, idleMs: 3000 };

/** The first call requests the server's root; later calls share its outcome. Rejects only when aborted. */
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
  const options = { providerId: 'diagnostics', timeouts: limits, network, signal };
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
