// Installs a `.vsix` as VS Code does for a user.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { getHost } from './getHost.ts';
import { hostEnvironment } from './hostEnvironment.ts';
import type { HostName } from './hostVersions.ts';

export interface InstallOptions {
  readonly host: HostName;
  readonly userDataFolder: string;
  readonly extensionsFolder: string;
}

/** VS Code Server's own `--install-extension`. Throws with what it said when it does not take the file. */
export async function installPackage(file: string, options: InstallOptions): Promise<void> {
  const { userDataFolder, extensionsFolder } = options;
  const host = await getHost(options.host);
  const installer = spawn(
    host.node,
    [
      host.serverProgram,
      ...['--install-extension', file, '--accept-server-license-terms'],
      ...['--server-data-dir', path.join(userDataFolder, 'server')],
      ...['--user-data-dir', userDataFolder, '--extensions-dir', extensionsFolder],
    ],
    { cwd: host.vscodeFolder, env: hostEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = Promise.all([text(installer.stdout), text(installer.stderr)]);
  const [exitCode] = await once(installer, 'exit');
  if (exitCode !== 0) throw new Error(`VS Code does not install the package:\n${(await said).join('\n')}`);
}
