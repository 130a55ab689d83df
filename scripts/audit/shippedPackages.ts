// Lists the packages and versions in the shipped bundles. For npm, all of them are `devDependencies`.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import * as z from 'zod';
import { copies } from '../build/bundles.ts';
import { bundledPackages } from '../build/thirdPartyNotices.ts';

export interface ShippedPackage {
  /** As the registry knows it. */
  name: string;
  version: string;
  /** Its key in package-lock.json, e.g. `node_modules/zod`. */
  place: string;
}

/** The part of package-lock.json, version 3, that is read here. `name` stands where the place tells another one. */
const lockSchema = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({ name: z.string().optional(), version: z.string().optional() }),
  ),
});
export type Lock = z.infer<typeof lockSchema>;

export async function readLock(folder: string): Promise<Lock> {
  return lockSchema.parse(JSON.parse(await readFile(path.join(folder, 'package-lock.json'), 'utf8')));
}

/** Where files of Qiao itself come from. */
const own = /^(src|media|scripts\/build)\//;

/**
 * Everything that is bundled or copied, sorted by place. Throws for a file that belongs neither to Qiao nor to a package
 * of the lock file: nothing may be shipped that is not looked at.
 */
export function listShipped(metafiles: readonly Metafile[], lock: Lock): ShippedPackage[] {
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const [file, { bytesInOutput }] of Object.entries(inputs))
        if (bytesInOutput > 0 && !file.includes('node_modules/') && !own.test(file))
          throw new Error(`${file} is bundled, and nobody knows where it is from.`);
  const folders = [...bundledPackages(metafiles), ...copies.map((copy) => `node_modules/${copy.package}`)];
  return [...new Set(folders.map(placeOf))].sort().map((place) => {
    const { name = nameOf(place), version } = lock.packages[place] ?? {};
    if (version === undefined) throw new Error(`${place} is bundled, and not in package-lock.json.`);
    return { name, version, place };
  });
}

/** Packages that are themselves bundles: Mermaid's parser, and parts of Mermaid. */
const bundles = [
  'node_modules/@mermaid-js/parser/dist/chunks/mermaid-parser.core',
  'node_modules/mermaid/dist/chunks/mermaid.core',
];

/**
 * Packages inside packages, as comments there name them; npm knows nothing of them, so they get places of their own.
 * `root`: the repository. Sorted by place. Throws when there are no such comments any more.
 */
export async function listEmbedded(root: string): Promise<ShippedPackage[]> {
  const found = new Map<string, ShippedPackage>();
  for (const folder of bundles) {
    const before = found.size;
    for (const file of (await readdir(path.join(root, folder))).filter((one) => one.endsWith('.mjs'))) {
      const text = await readFile(path.join(root, folder, file), 'utf8');
      for (const [, folded = '', version = ''] of text.matchAll(
        /\/\.pnpm\/([^/]{1,200}?)@(\d+\.\d+\.\d+)/g,
      )) {
        const place = `node_modules/@embedded/${folded.replace('@', '')}-${version}`;
        found.set(place, { name: folded.replace('+', '/'), version, place });
      }
    }
    if (found.size === before) throw new Error(`${folder} does not say what is in it.`);
  }
  return [...found.values()].sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** A worktree may take its packages from another folder. */
function placeOf(folder: string): string {
  return folder.slice(folder.indexOf('node_modules/'));
}

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
