/** Installs the other renderers on first use, far from this project's own dependencies. */

import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { installOnce } from '../../scripts/host/installOnce.ts';
import { installPackages } from '../../scripts/host/npm.ts';
import { cacheFolder, repository } from '../../scripts/host/paths.ts';

const manifestFolder = path.join(repository, 'bench/render/peers');

/** Where the packages are, a folder for each lock file. Throws when npm fails. */
export async function installRenderers(): Promise<string> {
  const lock = await readFile(path.join(manifestFolder, 'package-lock.json'));
  const name = createHash('sha256').update(lock).digest('hex').slice(0, 8);
  const folder = path.join(cacheFolder, `bench-render-peers-${name}`);
  await installOnce(folder, async (part) => {
    console.log('Installing the renderers to compare with, once …');
    for (const file of ['package.json', 'package-lock.json', '.npmrc'])
      await copyFile(path.join(manifestFolder, file), path.join(part, file));
    await installPackages(part);
  });
  return path.join(folder, 'node_modules');
}
