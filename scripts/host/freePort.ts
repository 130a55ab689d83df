// Finds a port to listen on.
import { createServer } from 'node:net';

/** `wanted`, or the next free port after it, on 127.0.0.1. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; ; port++) if (await isFree(port)) return port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
