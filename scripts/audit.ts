// `npm run audit`: asks the registry for known weaknesses of what is shipped, and fails when there are any. It takes the
// packages from the bundles themselves; what only developers have is reported and no failure. Needs the registry.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { formatAdvisory, readAudit } from './audit/advisories.ts';
import {
  type Lock,
  listEmbedded,
  listShipped,
  readLock,
  type ShippedPackage,
} from './audit/shippedPackages.ts';
import { productBundles } from './build/bundles.ts';
import { readNpm } from './host/npm.ts';
import { repository } from './host/paths.ts';

const options = productBundles(true);
const results = await Promise.all(
  options.map((one) => build({ ...one, absWorkingDir: repository, metafile: true, write: false })),
);
const lock = await readLock(repository);
const embedded = await listEmbedded(repository);
const shipped = [
  ...listShipped(
    results.map(({ metafile }) => metafile),
    lock,
  ),
  ...embedded,
];
console.log(`Shipped: ${shipped.map(({ name, version }) => `${name} ${version}`).join(', ')}\n`);

try {
  const found = readAudit(await audit(lock, embedded), shipped);
  for (const advisory of found.others) console.log(`Not shipped: ${formatAdvisory(advisory)}`);
  for (const advisory of found.shipped) console.error(`SHIPPED: ${formatAdvisory(advisory)}`);
  console.log(`${found.shipped.length} on shipped packages, ${found.others.length} on others.`);
  process.exitCode = found.shipped.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

/** What npm says of the lock file with the embedded packages added to it, as if they were installed. */
async function audit({ packages, ...rest }: Lock, added: readonly ShippedPackage[]): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-audit-'));
  const devDependencies = Object.fromEntries(
    added.map(({ name, version, place }) => [place.slice('node_modules/'.length), `npm:${name}@${version}`]),
  );
  const root = {
    ...packages[''],
    devDependencies: { ...Object(packages['']?.devDependencies), ...devDependencies },
  };
  const entries = added.map(({ place, name, version }) => [place, { name, version, dev: true }]);
  const all = { ...rest, packages: { ...packages, ...Object.fromEntries(entries), '': root } };
  try {
    await writeFile(path.join(folder, 'package.json'), JSON.stringify(root));
    await writeFile(path.join(folder, 'package-lock.json'), JSON.stringify(all));
    return await readNpm(['audit', '--json', '--package-lock-only', '--include=dev'], { folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
