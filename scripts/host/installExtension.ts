// Copies the built extension to VS Code's folder of extensions.
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { repository } from './paths.ts';

/**
 * `copy` takes what a package would hold, so that a later build does not disturb the run; `link` shows every
 * build after "Developer: Reload Window". Call it before the server starts. Throws when nothing is built.
 */
export async function installExtension(extensionsFolder: string, how: 'copy' | 'link'): Promise<void> {
  if (!existsSync(path.join(repository, 'dist/host/extension.js'))) {
    throw new Error('Qiao is not built: run "npm run build" first.');
  }
  const manifest: { publisher: string; name: string; version: string } = JSON.parse(
    await readFile(path.join(repository, 'package.json'), 'utf8'),
  );
  const folder = path.join(extensionsFolder, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  await rm(extensionsFolder, { recursive: true, force: true });
  await mkdir(extensionsFolder, { recursive: true });
  if (how === 'link') {
    await symlink(repository, folder, 'junction');
    return;
  }
  const packaged = (await readdir(repository)).filter((name) =>
    /^(package(\.nls.*)?\.json|dist|media|l10n)$/.test(name),
  );
  for (const name of packaged) {
    await cp(path.join(repository, name), path.join(folder, name), { recursive: true });
  }
}
