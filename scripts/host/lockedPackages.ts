// Installs rarely needed packages on first use into the cache, apart from the project's own.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installOnce } from './installOnce.ts';
import { installPackages } from './npm.ts';
import { cacheFolder } from './paths.ts';
import { withProgress } from './progress.ts';

export interface LockedPackages {
  /** Of the folder in the cache. */
  readonly name: string;
  /** Where `package.json`, `package-lock.json` and `.npmrc` are. */
  readonly manifestFolder: string;
  /** Said to the user while they are fetched. */
  readonly progress: string;
}

/** Imports from where the packages are; a name is looked up from the importing file. */
const loaderFile = 'load.mjs';
const loader = 'export const load = (name) => import(name);\n';

/** Resolves to the folder that holds `node_modules`. Throws when npm fails. */
export async function installLocked(packages: LockedPackages): Promise<string> {
  const folder = await folderOf(packages);
  await installOnce(folder, (part) =>
    withProgress(packages.progress, async () => {
      for (const file of ['package.json', 'package-lock.json', '.npmrc'])
        await copyFile(path.join(packages.manifestFolder, file), path.join(part, file));
      await writeFile(path.join(part, loaderFile), loader);
      await installPackages(part);
    }),
  );
  return folder;
}

/** `any`, as every import of a computed name; the caller says what it uses of it. Throws when it is not there. */
export async function importLocked(packages: LockedPackages, name: string) {
  const file = path.join(await folderOf(packages), loaderFile);
  if (!existsSync(file)) throw new Error('not installed');
  const { load } = await import(pathToFileURL(file).href);
  return load(name);
}

/** One for each lock file, so that new versions replace no packages in use. */
async function folderOf({ name, manifestFolder }: LockedPackages): Promise<string> {
  const lock = await readFile(path.join(manifestFolder, 'package-lock.json'));
  return path.join(cacheFolder, `${name}-${createHash('sha256').update(lock).digest('hex').slice(0, 8)}`);
}
