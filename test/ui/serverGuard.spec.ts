// The VS Code Server of the demo and of all tests lets nobody in without its token, nor by another host's name.
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { requestedHost } from '../../scripts/host/hostVersions.ts';
import type { ServerProcess } from '../../scripts/host/serverProcess.ts';
import { startServer } from '../../scripts/host/startServer.ts';

let folder: string;
let server: ServerProcess;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
  server = await start();
});

test.afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const start = (): Promise<ServerProcess> =>
  startServer({
    host: requestedHost(),
    userDataFolder: path.join(folder, 'user'),
    extensionsFolder: path.join(folder, 'extensions'),
  });

interface Asked {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** As the page does that opens VS Code's connection, through which all files are read. */
  upgrade?: boolean;
}

/** The status of the answer, and all that came until the server closed or the answer had begun. */
async function ask({ method = 'GET', path: target = '/', headers = {}, upgrade }: Asked): Promise<string> {
  const socket = net.connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  const all = {
    Host: `127.0.0.1:${server.port}`,
    ...(upgrade
      ? {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        }
      : { Connection: 'close' }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const answer = upgrade ? String((await once(socket, 'data'))[0]) : await text(socket);
  socket.destroy();
  return answer;
}

const statusOf = async (asked: Asked): Promise<number> => Number((await ask(asked)).split(' ')[1]);
const socketPath =
  '/?reconnectionToken=6c1d4b3a-0000-4000-8000-000000000000&reconnection=false&skipWebSocketFrames=false';
const cookie = (): string => `vscode-tkn=${server.token}`;

test('a page and a WebSocket are refused without the token', async () => {
  for (const headers of [undefined, { Cookie: 'vscode-tkn=' }, { Cookie: `vscode-tkn=${'0'.repeat(64)}` }]) {
    for (const target of ['/', '/?tkn=', '/version', '/vscode-remote-resource?path=/etc/passwd', '/static/x'])
      expect(await statusOf({ path: target, headers }), target).toBe(403);
    expect(await statusOf({ path: socketPath, headers, upgrade: true })).toBe(403);
    expect(await statusOf({ path: '/mint-key', method: 'POST', headers })).toBe(403);
  }
});

test('nobody gets in by the name of another host, not even with the token', async () => {
  const names = ['evil.example', `evil.example:${server.port}`, '127.0.0.1.evil.example', 'localhost.', ''];
  for (const Host of names) {
    const headers = { Host, Cookie: cookie() };
    const status = await statusOf({ headers, path: `/?tkn=${server.token}` });
    expect(status, Host).toBe(403);
    expect(await statusOf({ headers, path: socketPath, upgrade: true }), Host).toBe(403);
    expect(await statusOf({ headers, path: '/mint-key', method: 'POST' }), Host).toBe(403);
  }
  const forwarded = { Host: 'evil.example', 'X-Forwarded-Host': '127.0.0.1', Cookie: cookie() };
  expect(await statusOf({ headers: forwarded, path: socketPath, upgrade: true })).toBe(403);
});

test('no other page opens it, though the browser sends the cookie along', async () => {
  const origin = { Origin: 'http://127.0.0.1:1', Cookie: cookie() };
  expect(await statusOf({ path: socketPath, headers: origin, upgrade: true })).toBe(403);
  expect(await statusOf({ path: '/mint-key', method: 'POST', headers: origin })).toBe(403);
  // A link with an address that makes VS Code load an extension.
  const load = `/?payload=${encodeURIComponent('[["extensionDevelopmentPath","http://evil.example/"]]')}`;
  for (const site of ['cross-site', 'same-site'])
    expect(await statusOf({ path: load, headers: { 'Sec-Fetch-Site': site, Cookie: cookie() } }), site).toBe(
      403,
    );
});

test('the printed address leads in, and the token leaves the address', async () => {
  // Wherever the link stands.
  const headers = { 'Sec-Fetch-Site': 'cross-site' };
  const answer = await ask({ path: `/?folder=/tmp/%22%3E&tkn=${server.token}&x=1`, headers });
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toContain('content="0;url=/?folder=%2Ftmp%2F%22%3E&amp;x=1"');
  expect(/^set-cookie: (.*)$/im.exec(answer)?.[1]).toBe(`${cookie()}; Path=/; SameSite=Strict`);
  const own = { Cookie: `theme=dark; ${cookie()}`, Origin: `http://127.0.0.1:${server.port}` };
  expect(await statusOf({ headers: { ...own, 'Sec-Fetch-Site': 'same-origin' } })).toBe(200);
  expect(await statusOf({ headers: own, path: socketPath, upgrade: true })).toBe(101);
  const named = { Cookie: cookie(), Host: `localhost:${server.port}`, 'Sec-Fetch-Site': 'none' };
  expect(await statusOf({ headers: named })).toBe(200);
});

test('the key for secrets is the same after a new start, the token is another', async () => {
  const mint = async (): Promise<string> => {
    const answer = await ask({ path: '/mint-key', method: 'POST', headers: { Cookie: cookie() } });
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    return answer.slice(answer.indexOf('\r\n\r\n'));
  };
  const before = { key: await mint(), token: server.token };
  await server.stop();
  server = await start();
  expect(await mint()).toBe(before.key);
  expect(server.token).not.toBe(before.token);
  const old = { Cookie: `vscode-tkn=${before.token}` };
  expect(await statusOf({ headers: old })).toBe(403);
});

test('other users of the machine see no token: not in a command line, a file or a log', async () => {
  test.skip(process.platform === 'win32', 'Windows has no modes.');
  const user = path.join(folder, 'user');
  expect((await stat(user)).mode & 0o777).toBe(0o700);
  // With its first page VS Code prints an address that holds the token.
  expect(await statusOf({ headers: { Cookie: cookie() } })).toBe(200);
  await expect.poll(() => readFile(path.join(user, 'server.log'), 'utf8')).toContain('?tkn=…');
  const holders: string[] = [];
  for (const entry of await readdir(user, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(file, 'utf8')).includes(server.token)) holders.push(file);
  }
  expect(holders).toEqual([path.join(user, 'connection-token')]);
  expect((await stat(path.join(user, 'connection-token'))).mode & 0o777).toBe(0o600);
  expect((await stat(path.join(user, 'serve-web-key-half'))).mode & 0o777).toBe(0o600);
  if (process.platform !== 'linux') return;
  const line = await readFile(`/proc/${server.processGroup}/cmdline`, 'utf8');
  expect(line).toContain('server-main.js');
  expect(line).not.toContain(server.token);
});
