/** A server on loopback, with or without TLS, that counts its connections. */

import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Certificate } from './certificates.ts';

export interface ReceivedRequest {
  method: string | undefined;
  url: string | undefined;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface LoopbackServer {
  readonly origin: string;
  readonly port: number;
  readonly requests: readonly ReceivedRequest[];
  /** Connections since the start. */
  readonly accepted: number;
  /** Connections now. */
  readonly open: number;
  dispose(): Promise<void>;
}

/** Writes, and waits until there is room for more or nobody who reads. */
export async function writeAll(response: http.ServerResponse, chunk: string | Uint8Array): Promise<void> {
  if (response.write(chunk) || response.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** `answer` runs when the request's body has come. */
export async function startServer(
  answer: (response: http.ServerResponse, request: ReceivedRequest) => void,
  certificate?: Certificate,
): Promise<LoopbackServer> {
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  let accepted = 0;
  const listener: http.RequestListener = async (incoming, response) => {
    const { method, url, headers } = incoming;
    const request = { method, url, headers, body: await text(incoming).catch(() => '') };
    requests.push(request);
    answer(response, request);
  };
  const server = certificate ? https.createServer(certificate, listener) : http.createServer(listener);
  // How long a connection stays is the client's affair.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket: Socket) => {
    accepted++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    get accepted() {
      return accepted;
    },
    get open() {
      return sockets.size;
    },
    async dispose() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
