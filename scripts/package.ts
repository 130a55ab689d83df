// `npm run package`: builds Qiao for production and writes qiao-<version>.vsix, or the given file.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { repository } from './host/paths.ts';
import { packageExtension } from './package/packageExtension.ts';

const manifest: { name: string; version: string } = JSON.parse(
  await readFile(path.join(repository, 'package.json'), 'utf8'),
);
const file = path.resolve(process.argv[2] ?? `${manifest.name}-${manifest.version}.vsix`);
const { size, files } = await packageExtension(file);
console.log(`${path.basename(file)}: ${files.length} files, ${(size / 1000).toFixed(0)} kB`);
