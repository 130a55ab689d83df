// `npm run complete-lock`: adds to package-lock.json the optional packages for other platforms that the registry in
// use does not carry. npm leaves them out when it writes the lock file, and then `npm ci` refuses the file.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repository } from './host/paths.ts';

interface LockedPackage {
  version?: string;
  dev?: boolean;
  license?: string;
  engines?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
}

const file = path.join(repository, 'package-lock.json');
const lock: { packages: Record<string, LockedPackage> } = JSON.parse(await readFile(file, 'utf8'));
const added: Record<string, LockedPackage> = {};

for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const known = lock.packages[`node_modules/${name}`] ?? lock.packages[`${place}/node_modules/${name}`];
    if (!known) added[`node_modules/${name}`] = describePackage(name, version, entry);
  }
}

const packages = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => a.localeCompare(b, 'en'));
await writeFile(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
console.log(`Added ${Object.keys(added).length} packages of other platforms.`);

/** The platform stands in the name: `@scope/cli-linux-x64-musl`. */
function describePackage(name: string, version: string, { dev, license }: LockedPackage): LockedPackage {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`${name}: ${version} is no exact version.`);
  const words = (name.split('/').at(-1) ?? name).split('-');
  const os = words.find((word) =>
    /^(aix|android|darwin|freebsd|linux|openharmony|sunos|wasm32|win32)$/.test(word),
  );
  const cpu = os === undefined ? undefined : words[words.indexOf(os) + 1];
  const libc = words.includes('musl')
    ? ['musl']
    : os === 'linux' && words.includes('gnu')
      ? ['glibc']
      : undefined;
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev } : {}),
    ...(libc ? { libc } : {}),
    license,
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
}
