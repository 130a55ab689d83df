// Builds the `.vsix` and lists its contents.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { importLocked, installLocked, type LockedPackages } from '../host/lockedPackages.ts';
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
  /^dist\/webview\/(mermaid\.js\.br|texts\.json)$/,
  /^dist\/webview\/codicons\/codicon\.(css|ttf)$/,
  /^l10n\/bundle\.l10n\.[\w-]+\.json$/,
  /^media\/[\w-]+\.(png|svg)$|^media\/catalog\.schema\.json$/,
  /^media\/prompts\/[\w-]+\/[^/]+\.md$|^media\/walkthrough\/\w+\.(en|zh-cn)\.md$/,
];

/** What goes into a package besides what is built, and what tells which of it. */
const sources = /^(package(\.nls.*)?\.json|README\.md|CHANGELOG\.md|LICENSE|\.vscodeignore|l10n|media)$/;

/** The part of VS Code's packaging tool that is used here. */
interface PackagingTool {
  readonly PackageManager: { readonly None: number };
  listFiles(options: { cwd: string; packageManager: number }): Promise<string[]>;
  createVSIX(options: {
    cwd: string;
    packagePath: string;
    dependencies: boolean;
    allowMissingRepository: boolean;
    rewriteRelativeLinks: boolean;
  }): Promise<void>;
}

const tools: LockedPackages = {
  name: 'package-tools',
  manifestFolder: path.join(repository, 'scripts/package/tools'),
  progress: 'Fetching what makes a package (once)',
};

/**
 * Builds for production and writes `file`. Works in a folder of its own, so that what runs from `dist` is not disturbed.
 * Throws when something is in it that should not be, or it is too large.
 */
export async function packageExtension(file: string): Promise<PackagedExtension> {
  await installLocked(tools);
  const tool: PackagingTool = await importLocked(tools, '@vscode/vsce');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-package-'));
  try {
    for (const name of (await readdir(repository)).filter((one) => sources.test(one)))
      await cp(path.join(repository, name), path.join(folder, name), { recursive: true });
    await build(folder);
    const { None: packageManager } = tool.PackageManager;
    const files = (await tool.listFiles({ cwd: folder, packageManager })).sort();
    const surprises = files.filter((name) => !expected.some((pattern) => pattern.test(name)));
    if (surprises.length > 0) throw new Error(`Not wanted in the package: ${surprises.join(', ')}`);
    await tool.createVSIX({
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

async function build(folder: string): Promise<void> {
  const building = spawn(process.execPath, ['esbuild.js', '--production', `--into=${folder}`], {
    cwd: repository,
    stdio: 'inherit',
  });
  const [exitCode] = await once(building, 'exit');
  if (exitCode !== 0) throw new Error('The build failed.');
}
