// Starts code-server, the VS Code in the browser that people use, for the demo.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeEmptyLanguagePack } from './emptyLanguagePack.ts';
import { getHost } from './getHost.ts';
import { hostEnvironment } from './hostEnvironment.ts';
import { type ServerProcess, startServerProcess } from './serverProcess.ts';

export interface CodeServerOptions {
  /** Keep to one: VS Code in the browser files its state and secrets under the address. */
  readonly port: number;
  readonly userDataFolder: string;
  readonly extensionsFolder: string;
  readonly locale?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Unlike the bare server of the tests it keeps secrets over a reload. It asks for no password, so it is bound to
 * 127.0.0.1 and must stay so. The caller stops it; its log is `server.log` in the user data folder.
 */
export async function startCodeServer(options: CodeServerOptions): Promise<ServerProcess> {
  const { port, userDataFolder, extensionsFolder, locale } = options;
  const host = await getHost('current');
  await mkdir(userDataFolder, { recursive: true });
  if (locale) await writeEmptyLanguagePack(userDataFolder, locale);

  return startServerProcess({
    node: host.node,
    command: [
      host.codeServerProgram,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--config', path.join(userDataFolder, 'code-server.yaml')],
      ...['--user-data-dir', userDataFolder, '--extensions-dir', extensionsFolder],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      ...['--disable-getting-started-override', '--ignore-last-opened'],
      ...(locale ? ['--locale', locale] : []),
    ],
    folder: host.vscodeFolder,
    environment: hostEnvironment(options.environment),
    readyLine: /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/,
    logFile: path.join(userDataFolder, 'server.log'),
  });
}
