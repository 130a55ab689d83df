// Starts VS Code's server for the demo and the tests.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeEmptyLanguagePack } from './emptyLanguagePack.ts';
import { type ExtensionSet, getHost } from './getHost.ts';
import { hostEnvironment } from './hostEnvironment.ts';
import type { HostName } from './hostVersions.ts';
import { type ServerProcess, startServerProcess } from './serverProcess.ts';
import { makeSocketFolder, writeServerSecrets } from './serverSecrets.ts';

export interface ServerOptions {
  readonly host: HostName;
  readonly userDataFolder: string;
  readonly extensionsFolder: string;
  /** On 127.0.0.1; without it any that is free. The browser files a window's state and secrets under it. */
  readonly port?: number;
  /** Needed for tests inside the extension host; while it is on, VS Code shows no notification pop-ups. */
  readonly testDriver?: boolean;
  /** The display language, e.g. `zh-cn`. */
  readonly locale?: string;
  /** Whether the server asks whom to trust; without it every folder is trusted. */
  readonly workspaceTrust?: boolean;
  readonly extensions?: ExtensionSet;
  /** Beyond `hostEnvironment()`. The extension host gets it, except names that start with `VSCODE_`. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Fetches the host if need be. The server answers only to who has its token (`windowUrl`), by the name of this machine,
 * and keeps what its page encrypts over a reload. The caller stops it; its log is `server.log` in the user data folder.
 */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { userDataFolder, extensionsFolder, locale, testDriver, workspaceTrust, port = 0 } = options;
  const host = await getHost(options.host, { extensions: options.extensions });
  const secrets = await writeServerSecrets(userDataFolder);
  const sockets = await makeSocketFolder(userDataFolder);
  await mkdir(extensionsFolder, { recursive: true });
  if (locale && !locale.startsWith('en')) await writeEmptyLanguagePack(userDataFolder, locale);

  const server = await startServerProcess({
    node: host.node,
    command: [
      host.serverProgram,
      ...['--host', '127.0.0.1', '--port', String(port)],
      ...['--connection-token-file', secrets.tokenFile],
      ...['--accept-server-license-terms', '--disable-experiments', '--telemetry-level', 'off'],
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(testDriver ? ['--enable-smoke-test-driver'] : []),
      ...(locale ? ['--locale', locale] : []),
      ...(host.builtInExtensions ? ['--builtin-extensions-dir', host.builtInExtensions] : []),
      ...['--server-data-dir', path.join(userDataFolder, 'server')],
      ...['--user-data-dir', userDataFolder, '--extensions-dir', extensionsFolder],
    ],
    folder: host.vscodeFolder,
    environment: hostEnvironment({ TMPDIR: sockets.folder, ...options.environment }),
    secrets,
    readyLine: /Extension host agent listening on (\d+)/,
    logFile: path.join(userDataFolder, 'server.log'),
  }).catch(async (error: unknown) => {
    await sockets.remove();
    throw error;
  });
  void server.ended.then(sockets.remove);
  return server;
}
