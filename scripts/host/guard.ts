// Protects the servers of this process from other users of this machine and from DNS rebinding.
import { timingSafeEqual } from 'node:crypto';
import { type IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import { hasLocalHost, hasOwnOrigin } from '../../src/emulator/localRequest.ts';

export interface GuardSecrets {
  /** Must be in the cookie that is set here, or in the query: in the first address, and where VS Code's own pages send it. */
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
 * another host, come from another page than its own, or do not hold the token. VS Code checks its token by itself, but in
 * a WebSocket only after the upgrade, and never the host. Servers on sockets and pipes stay as they are: the `code`
 * command in a terminal uses one.
 */
export function guardServers(secrets: GuardSecrets): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function guarded(event: string | symbol, ...values: unknown[]): boolean {
    const [request, reply] = values;
    // Whatever the event: `request` and `upgrade`, but also `connect` and `checkContinue`.
    const asked = request instanceof IncomingMessage;
    if (!asked || typeof this.address() === 'string') return Reflect.apply(emit, this, [event, ...values]);
    if (!(reply instanceof ServerResponse || reply instanceof Duplex)) return false;
    return answer(request, reply, secrets) || Reflect.apply(emit, this, [event, ...values]);
  };
}

/** Whether the request was answered here. */
function answer(
  request: IncomingMessage,
  reply: ServerResponse | Duplex,
  { token, secretKey }: GuardSecrets,
): boolean {
  const { method, headers } = request;
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  const isPlain = reply instanceof ServerResponse;
  if (!url || !hasLocalHost(headers)) {
    refuse(reply, 'This server answers only to 127.0.0.1 and localhost.');
  } else if (isPlain && method === 'GET' && url.pathname === '/' && hasToken(url, token)) {
    letIn(reply, url, token);
  } else if (!isOwn(request)) {
    refuse(
      reply,
      'This server answers only to its own pages. To open it, paste its address into the browser.',
    );
  } else if (!hasToken(url, token) && !hasCookie(headers, token)) {
    refuse(
      reply,
      'Open the address that was printed when this server started: it holds the token. A token is good for one start.',
    );
  } else if (isPlain && method === 'POST' && url.pathname === secretKeyPath) {
    reply.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
    reply.end(secretKey);
  } else return false;
  return true;
}

/**
 * Whether a page of this very server asks, the user, or a program. Browsers send the cookie along with a link on any page,
 * and in all requests of pages that other servers of this machine show; an address of VS Code may name extensions to load.
 */
function isOwn({ method, headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const reads = (method === 'GET' || method === 'HEAD') && headers.upgrade === undefined;
  // Without `Sec-Fetch-Site`, in older browsers and in WebSockets, the origin tells; fonts and workers send one to read, too.
  return reads || hasOwnOrigin(headers);
}

/**
 * Makes a cookie of the token in the first address. The page that follows is then asked for by this server's own page:
 * behind a redirect it would count as asked for by whatever page the user came from.
 */
function letIn(reply: ServerResponse, url: URL, token: string): void {
  url.searchParams.delete(queryName);
  const next = `/${url.search}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  reply.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'no-referrer',
    // VS Code's page reads it, so it can't be `HttpOnly`.
    'set-cookie': `${cookieName}=${token}; Path=/; SameSite=Strict`,
  });
  reply.end(`<!doctype html><meta http-equiv="refresh" content="0;url=${next}"><title>VS Code</title>\n`);
}

function hasToken({ searchParams }: URL, token: string): boolean {
  return searchParams.getAll(queryName).some((one) => isSame(one, token));
}

function hasCookie({ cookie = '' }: IncomingHttpHeaders, token: string): boolean {
  const start = `${cookieName}=`;
  const values = cookie.split(';').map((pair) => pair.trim());
  return values.some((pair) => pair.startsWith(start) && isSame(pair.slice(start.length), token));
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
    reply.writeHead(403, head).end(`${text}\n`);
    return;
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  reply.on('error', () => {});
  reply.end(`HTTP/1.1 403 Forbidden\r\n${lines.join('')}\r\n${text}\n`, () => reply.destroy());
}
