/** Installs the other clients on first use, far from this project's own dependencies, and loads them from there. */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installOnce } from '../../scripts/host/installOnce.ts';
import { installPackages } from '../../scripts/host/npm.ts';
import { cacheFolder, repository } from '../../scripts/host/paths.ts';

const manifestFolder = path.join(repository, 'bench/peers');
const manifestFiles = ['package.json', 'package-lock.json', '.npmrc'];
/** Imports from where the packages are; a name is looked up from the importing file. */
const loaderFile = 'load.mjs';
const loader = 'export const load = (name) => import(name);\n';

/** A folder for each lock file, so that new versions replace no packages in use. */
async function peersFolder(): Promise<string> {
  const lock = await readFile(path.join(manifestFolder, 'package-lock.json'));
  const name = createHash('sha256').update(lock).digest('hex').slice(0, 8);
  return path.join(cacheFolder, `bench-peers-${name}`);
}

/** Throws when npm fails. */
export async function installPeers(): Promise<void> {
  await installOnce(await peersFolder(), async (part) => {
    console.log('Installing the clients to compare with, once …');
    for (const file of manifestFiles) {
      await copyFile(path.join(manifestFolder, file), path.join(part, file));
    }
    await writeFile(path.join(part, loaderFile), loader);
    await installPackages(part);
  });
}

/** `any`, as every import of a computed name; the caller says what it uses of it. Throws when it is not there. */
export async function importPeer(name: string) {
  const file = path.join(await peersFolder(), loaderFile);
  if (!existsSync(file)) throw new Error('not installed');
  const { load } = await import(pathToFileURL(file).href);
  return load(name);
}
