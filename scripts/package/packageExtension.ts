// Makes the `.vsix` and looks at what is in it, in a folder of its own, so that the bundles of developers and tests stay.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { repository } from '../host/paths.ts';
import { budgets } from './budgets.ts';

export interface PackagedExtension {
  /** Bytes. */
  size: number;
  /** Paths inside, sorted. */
  files: string[];
}

/** All that a package holds; anything else is there by mistake. */
const expected: readonly RegExp[] = [
  /^package(\.nls(\.zh-cn)?)?\.json$/,
  /^(README|CHANGELOG)\.md$|^LICENSE$|^ThirdPartyNotices\.txt$/,
  /^dist\/(host|webview)\/[\w-]+\.js$|^dist\/webview\/\w+\.css$/,
  /^dist\/webview\/mermaid\.js\.br$/,
  /^dist\/webview\/codicons\/codicon\.(css|ttf)$/,
  /^l10n\/bundle\.l10n\.[\w-]+\.json$/,
  /^media\/[\w-]+\.(png|svg)$|^media\/catalog\.schema\.json$/,
  /^media\/prompts\/[\w-]+\/[^/]+\.md$|^media\/walkthrough\/\w+\.(en|zh-cn)\.md$/,
];

/** What of the repository can be in a package; `.vscodeignore` says what is. */
const sources = /^(package(\.nls.*)?\.json|\.vscodeignore|README\.md|CHANGELOG\.md|LICENSE|media|l10n)$/;

/** Builds for production and writes `file`. Throws when something is in it that should not be, or it is too large. */
export async function packageExtension(file: string): Promise<PackagedExtension> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-package-'));
  try {
    await fill(folder);
    const files = (await listFiles({ cwd: folder, packageManager: PackageManager.None })).sort();
    const surprises = files.filter((name) => !expected.some((pattern) => pattern.test(name)));
    if (surprises.length > 0) throw new Error(`Not wanted in the package: ${surprises.join(', ')}`);
    await createVSIX({
      cwd: folder,
      packagePath: file,
      // Everything is bundled.
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
    const { size } = await stat(file);
    if (size > budgets.vsix) throw new Error(`The package is ${size} bytes, more than ${budgets.vsix}.`);
    return { size, files };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(folder: string): Promise<void> {
  for (const name of await readdir(repository)) {
    if (sources.test(name))
      await cp(path.join(repository, name), path.join(folder, name), { recursive: true });
  }
  const build = spawn(process.execPath, ['esbuild.js', '--production', `--into=${folder}`], {
    cwd: repository,
    stdio: 'inherit',
  });
  const [exitCode] = await once(build, 'exit');
  if (exitCode !== 0) throw new Error('The build failed.');
}
