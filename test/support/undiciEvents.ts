/** Waits for what the HTTP client has done, where it is in the same process as the server. */

import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** `bodyChunkReceived`: bytes of a body came. `trailers`: an answer was read to its end. */
type ClientEvent = 'bodyChunkReceived' | 'trailers';

/** Resolves when it happens next, and the client has done what follows from it. */
export function nextClientEvent(event: ClientEvent): Promise<void> {
  const channel = `undici:request:${event}`;
  return new Promise((resolve) => {
    const hear = (message: unknown): void => {
      // A tunnel is opened by a request of its own.
      if ((message as { request: { method: string } }).request.method === 'CONNECT') return;
      unsubscribe(channel, hear);
      // A connection is free again in the loop's next turn.
      setImmediate(() => setImmediate(resolve));
    };
    subscribe(channel, hear);
  });
}
