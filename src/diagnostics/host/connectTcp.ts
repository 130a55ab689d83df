/** Measures how long it takes to open a TCP connection. */

import { connect } from 'node:net';

/** Opens and closes a connection; resolves with the milliseconds. Rejects with the system's error or the signal's reason. */
export function connectTcp(host: string, port: number, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const started = performance.now();
    const socket = connect({ host, port });
    const stop = (): void => end(() => reject(signal.reason));
    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
      settle();
    };
    signal.addEventListener('abort', stop, { once: true });
    socket.on('error', (error) => end(() => reject(error)));
    socket.once('connect', () => end(() => resolve(Math.round(performance.now() - started))));
  });
}
