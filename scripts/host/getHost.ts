// Installs a VS Code Server from the npm registry into the cache folder, without a compiler or install scripts.
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { getNode } from './getNode.ts';
import { type HostName, hostVersions, vscodeVersion } from './hostVersions.ts';
import { installOnce } from './installOnce.ts';
import { installPackages } from './npm.ts';
import { cacheFolder } from './paths.ts';
import { withProgress } from './progress.ts';

export interface Host {
  readonly name: HostName;
  /** The Node that this server runs on. */
  readonly node: string;
  /** VS Code's own server. Its working folder is `vscodeFolder`. */
  readonly serverProgram: string;
  readonly vscodeFolder: string;
  /** Where its own extensions are, if not where it looks by itself. */
  readonly builtInExtensions: string | undefined;
}

export interface HostOptions {
  /**
   * Which of VS Code's own extensions the server has. `usual`: those it comes with; `chat`: those and the one for chat;
   * `few`: those that Qiao's tests need, with which a window starts in nine tenths of the time.
   */
  readonly extensions?: ExtensionSet;
}

export type ExtensionSet = 'usual' | 'chat' | 'few';

/** Debuggers, task runners, accounts, and themes and grammars of which one is like the other. */
const unneeded =
  /^(?:debug-.*|ms-vscode\..*|grunt|gulp|jake|npm|emmet|php.*|github.*|microsoft-authentication|tunnel-forwarding|simple-browser|extension-editing|mermaid-markdown-features|theme-(?:abyss|kimbie.*|monokai.*|quietlight|red|solarized.*|tomorrow.*)|bat|clojure|coffeescript|dart|docker|fsharp|groovy|handlebars|hlsl|julia|latex|less|log|lua|make|objective-c|perl|powershell|prompt-basics|pug|r|razor|restructuredtext|ruby|scss|shaderlab|sql|swift|vb)$/;

/** Fetches the host if it is not there yet (about 400 MB on disk), with progress on the terminal. */
export async function getHost(name: HostName, { extensions = 'usual' }: HostOptions = {}): Promise<Host> {
  const version = hostVersions[name];
  const node = await getNode(version.node);
  const folder = path.join(cacheFolder, `vscode-${version.codeServer}-${process.platform}-${process.arch}`);
  await installOnce(folder, (part) =>
    withProgress(`Fetching VS Code Server ${vscodeVersion(name)} from npm (once, 15–60 s)`, () =>
      install(part, version.codeServer),
    ),
  );
  const vscodeFolder = vscodeFolderOf(folder);
  return {
    name,
    node,
    serverProgram: path.join(vscodeFolder, 'out', 'server-main.js'),
    vscodeFolder,
    builtInExtensions: extensions === 'usual' ? undefined : await linkExtensions(folder, extensions),
  };
}

/** A folder that leads to those of VS Code's own extensions. */
async function linkExtensions(folder: string, set: 'chat' | 'few'): Promise<string> {
  const links = `${folder}-${set}`;
  await installOnce(links, async (part) => {
    const usual = path.join(vscodeFolderOf(folder), 'extensions');
    for (const parent of set === 'chat' ? [usual, asideFolderOf(folder)] : [usual])
      for (const entry of await readdir(parent, { withFileTypes: true }))
        if (entry.isDirectory() && (set === 'chat' || !unneeded.test(entry.name)))
          await symlink(path.join(parent, entry.name), path.join(part, entry.name), 'junction');
  });
  return links;
}

/** For extensions that a server has only when asked for them. */
function asideFolderOf(folder: string): string {
  return path.join(folder, 'aside');
}

function vscodeFolderOf(folder: string): string {
  return path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

async function install(folder: string, version: string): Promise<void> {
  const manifest = {
    private: true,
    dependencies: { 'code-server': version },
    allowScripts: { 'code-server': false, argon2: false },
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await installPackages(folder);

  const vscode = vscodeFolderOf(folder);
  await dropUnused(vscode);
  await putAside(folder, chatExtension);
  await installPackages(vscode);
  await addStandIns(path.join(vscode, 'node_modules'));
  await addSearchProgram(vscode);
}

/** Parts of VS Code that Qiao and its tests never load: without them nothing large or native is fetched. */
const unusedPackages = [
  '@devcontainers/cli',
  '@github/copilot',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/sandbox-runtime',
  '@vscode/sqlite3',
  'kerberos',
  'ssh2',
];

/** VS Code's own extensions that miss a part then, and would say so in a notification. */
const languageExtension = 'typescript-language-features';
const chatExtension = 'copilot';

interface Manifest {
  dependencies: Record<string, string>;
}

async function dropUnused(vscode: string): Promise<void> {
  const manifestFile = path.join(vscode, 'package.json');
  const shrinkwrapFile = path.join(vscode, 'npm-shrinkwrap.json');
  const manifest: Manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
  const lock: { packages: { '': Manifest } } = JSON.parse(await readFile(shrinkwrapFile, 'utf8'));
  for (const name of unusedPackages) {
    delete manifest.dependencies[name];
    delete lock.packages[''].dependencies[name];
  }
  await writeFile(manifestFile, JSON.stringify(manifest));
  // npm 12 no longer reads npm-shrinkwrap.json.
  await writeFile(path.join(vscode, 'package-lock.json'), JSON.stringify(lock));
  await rm(shrinkwrapFile);
  await rm(path.join(vscode, 'extensions', languageExtension), { recursive: true, force: true });
}

/** The oldest VS Code does not bring it. */
async function putAside(folder: string, extension: string): Promise<void> {
  const aside = asideFolderOf(folder);
  await mkdir(aside);
  const place = path.join(vscodeFolderOf(folder), 'extensions', extension);
  if (existsSync(place)) await rename(place, path.join(aside, extension));
}

/** Replaces two small native modules, which would have to be compiled, with plain JavaScript. */
async function addStandIns(modules: string): Promise<void> {
  const spdlog = fileURLToPath(import.meta.resolve('./standIns/spdlog.cjs'));
  const watchdog = fileURLToPath(import.meta.resolve('./standIns/nativeWatchdog.cjs'));
  const standIns = {
    '@vscode/spdlog': spdlog,
    '@vscode/native-watchdog': watchdog,
    'native-watchdog': watchdog,
  };
  for (const [name, file] of Object.entries(standIns)) {
    const folder = path.join(modules, name);
    if (existsSync(folder)) await copyFile(file, path.join(folder, 'index.js'));
  }
}

/** Older versions fetch ripgrep from elsewhere in an install script; newer ones bring it, from this package. */
async function addSearchProgram(vscode: string): Promise<void> {
  const ripgrep = path.join(vscode, 'node_modules', '@vscode', 'ripgrep');
  const bin = path.join(ripgrep, 'bin');
  if (!existsSync(ripgrep) || existsSync(bin)) return;
  const scratch = path.join(vscode, '..', 'ripgrep');
  await mkdir(scratch, { recursive: true });
  await installPackages(scratch, ['@vscode/ripgrep-universal@1.18.0']);
  const program = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const platform = `${process.platform}-${process.arch}`;
  await mkdir(bin);
  await copyFile(
    path.join(scratch, 'node_modules/@vscode/ripgrep-universal/bin', platform, program),
    path.join(bin, program),
  );
  await chmod(path.join(bin, program), 0o755);
  await rm(scratch, { recursive: true });
}
