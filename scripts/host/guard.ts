// Keeps strangers out of the servers of this process: other users of this machine, and pages on a rebound DNS name.
import { timingSafeEqual } from 'node:crypto';
import { type IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import { hasLocalHost, hasOwnOrigin } from '../../src/core/localRequest.ts';

export interface GuardSecrets {
  /** Must be in the cookie that VS Code sets, or in the query as VS Code's own pages send it. */
  readonly token: string;
  /** 32 bytes that VS Code's page encrypts secrets with; the server itself has none. */
  readonly secretKey: Buffer;
}

/** VS Code's names for its connection token: `src/vs/base/common/network.ts`. */
const cookieName = 'vscode-tkn';
const queryName = 'tkn';

/** Where VS Code's page asks for the key that it encrypts secrets with. */
const secretKeyPath = '/mint-key';

/**
 * From now on every server of this process that listens on a port refuses, with 403, requests and upgrades that name
 * another host, come from another origin, or do not hold the token. VS Code checks its token by itself, but in a
 * WebSocket only after the upgrade, and never the host. Servers on sockets and pipes stay as they are: the `code`
 * command in a terminal uses one.
 */
export function guardServers(secrets: GuardSecrets): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function guarded(event: string | symbol, ...values: unknown[]): boolean {
    const asked = event === 'request' || event === 'upgrade';
    if (!asked || typeof this.address() === 'string') return Reflect.apply(emit, this, [event, ...values]);
    const [request, reply] = values;
    if (!(request instanceof IncomingMessage)) return false;
    if (!(reply instanceof ServerResponse || reply instanceof Duplex)) return false;
    return answer(request, reply, secrets) || Reflect.apply(emit, this, [event, ...values]);
  };
}

/** Whether the request was answered here. */
function answer(request: IncomingMessage, reply: ServerResponse | Duplex, secrets: GuardSecrets): boolean {
  const reason = refusalOf(request, secrets.token);
  if (reason !== undefined) {
    refuse(reply, `${reason}\n`);
    return true;
  }
  if (request.method !== 'POST' || request.url !== secretKeyPath || !(reply instanceof ServerResponse))
    return false;
  reply.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
  reply.end(secrets.secretKey);
  return true;
}

/** Why the request is refused, in words for whoever sees the page; `undefined` when it is not. */
export function refusalOf(
  { method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  token: string,
): string | undefined {
  if (!hasLocalHost(headers)) return 'This server answers only to 127.0.0.1 and localhost.';
  // Reading needs no origin: a page may not see what it loads from another one. Fonts and workers send it now and then.
  const reads = (method === 'GET' || method === 'HEAD') && headers.upgrade === undefined;
  if (!reads && !hasOwnOrigin(headers)) return 'This server answers only to its own pages.';
  if (!tokensOf(url, headers).some((one) => isSame(one, token)))
    return 'Open the address that was printed when this server started: it holds the token. A token is good for one start.';
  return undefined;
}

function tokensOf(url = '/', headers: IncomingHttpHeaders): string[] {
  const query = URL.parse(url, 'http://localhost')?.searchParams.getAll(queryName) ?? [];
  const cookies = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const start = `${cookieName}=`;
  return [
    ...query,
    ...cookies.filter((pair) => pair.startsWith(start)).map((pair) => pair.slice(start.length)),
  ];
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(reply: ServerResponse | Duplex, text: string): void {
  const head = {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  };
  if (reply instanceof ServerResponse) {
    reply.writeHead(403, head).end(text);
    return;
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  reply.on('error', () => {});
  reply.end(`HTTP/1.1 403 Forbidden\r\n${lines.join('')}\r\n${text}`, () => reply.destroy());
}
