/** A forward proxy on loopback that knows CONNECT and nothing else, and keeps all that it receives. */

import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificates.ts';

export interface ProxyOptions {
  /** The `Proxy-Authorization` that opens tunnels; none needed when left out. */
  authorization?: string;
  /** Where tunnels lead, whatever host was asked for; otherwise to that host. */
  port?: number;
  /** What befalls a CONNECT in place of a tunnel: a status, a closed connection, or silence. */
  refusal?: number | 'close' | 'silence';
  /** The proxy itself speaks TLS. */
  certificate?: Certificate;
}

export interface ForwardProxy {
  /** `host:port`. */
  readonly address: string;
  /** `host:port` of every CONNECT. */
  readonly asked: readonly string[];
  /** Requests that came without CONNECT. */
  readonly plain: number;
  /** All bytes that came from clients, tunnels included, as they are behind the proxy's own TLS. */
  readonly received: Buffer;
  /** Connections from clients now. */
  readonly open: number;
  dispose(): Promise<void>;
}

export async function startProxy(options: ProxyOptions = {}): Promise<ForwardProxy> {
  const { authorization, port, refusal, certificate } = options;
  const asked: string[] = [];
  const clients = new Set<Duplex>();
  const received: Buffer[] = [];
  let plain = 0;
  const listener: http.RequestListener = (_request, response) => {
    plain++;
    response.writeHead(400).end();
  };
  const server = certificate ? https.createServer(certificate, listener) : http.createServer(listener);
  server.on('connection', (socket: net.Socket) => {
    clients.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => clients.delete(socket));
  });
  server.on(certificate ? 'secureConnection' : 'connection', (socket: net.Socket) => {
    socket.on('data', (chunk) => received.push(chunk));
  });
  server.on('tlsClientError', () => {});
  server.on('connect', (request: http.IncomingMessage, client: Duplex) => {
    asked.push(request.url ?? '');
    client.on('error', () => {});
    const status = request.headers['proxy-authorization'] === authorization ? refusal : 407;
    // Nothing is said, but it is heard when the client goes.
    if (status === 'silence') return void client.on('end', () => client.destroy()).resume();
    if (status === 'close') return void client.destroy();
    if (status !== undefined) {
      const challenge = status === 407 ? 'Proxy-Authenticate: Basic realm="test"\r\n' : '';
      return void client.end(`HTTP/1.1 ${status} No\r\n${challenge}Content-Length: 0\r\n\r\n`);
    }
    const target = new URL(`http://${request.url}`);
    const upstream = port
      ? net.connect(port, '127.0.0.1')
      : net.connect(Number(target.port || 80), target.hostname);
    upstream.on('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get plain() {
      return plain;
    },
    get received() {
      return Buffer.concat(received);
    },
    get open() {
      return clients.size;
    },
    async dispose() {
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
