// Finds a Node for a VS Code Server: this one if its version fits, else a binary from the npm registry.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { installOnce } from './installOnce.ts';
import { installPackages } from './npm.ts';
import { cacheFolder } from './paths.ts';
import { withProgress } from './progress.ts';

/** The path of a Node of the same major as `version`. Fetches that version (about 30 MB) where ours is another. */
export async function getNode(version: string): Promise<string> {
  const folder = path.join(cacheFolder, `node-${version}-${process.platform}-${process.arch}`);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const fetched = path.join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(fetched)) return fetched;
  if (majorOf(process.versions.node) === majorOf(version)) return process.execPath;
  await installOnce(folder, (part) =>
    withProgress(`Fetching Node ${version} from npm`, () => installPackages(part, [`${name}@${version}`])),
  );
  return fetched;
}

function majorOf(version: string): string | undefined {
  return version.split('.')[0];
}
