// `npm start`: Qiao at work on a small project, without a key and without a network: the model platform is an
// emulator on this machine. Opens the desktop VS Code if `code` is on the path, else VS Code in the browser.
// Usage: npm start -- [--browser] [--port=18282] [--locale=zh-cn] [--no-open] [--emulator-only]
import { spawn } from 'node:child_process';
import { cp, symlink } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startEmulator } from '../src/emulator/index.ts';
import { buildOnce } from './build/buildOnce.ts';
import { findProgram } from './host/findProgram.ts';
import { freePort } from './host/freePort.ts';
import { getHost } from './host/getHost.ts';
import { hostEnvironment } from './host/hostEnvironment.ts';
import { installExtension } from './host/installExtension.ts';
import { interruption } from './host/interruption.ts';
import { openPage } from './host/openPage.ts';
import { cacheFolder, repository, sampleWorkspace } from './host/paths.ts';
import { startServer } from './host/startServer.ts';
import { quietSettings, writeMachineSettings, writeUserSettings } from './host/userData.ts';
import { windowUrl } from './host/windowUrl.ts';

const { values: options } = parseArgs({
  options: {
    browser: { type: 'boolean' },
    port: { type: 'string', default: '18282' },
    locale: { type: 'string' },
    'no-open': { type: 'boolean' },
    'emulator-only': { type: 'boolean' },
  },
});

const demoFolder = path.join(cacheFolder, 'demo');
const userDataFolder = path.join(demoFolder, 'user');
const extensionsFolder = path.join(demoFolder, 'extensions');
const workspace = path.join(demoFolder, 'sample');
/** Opens the panel and a file; no part of the product. */
const demoWindow = path.join(repository, 'scripts/demo-window');
/** Any key that begins with `sk-` opens the emulator. */
const environment = { DASHSCOPE_API_KEY: 'sk-demo-not-a-real-key' };

const interrupted = interruption();
const code = options.browser ? undefined : findProgram('code');
if (!options['emulator-only']) {
  buildOnce();
  if (!code) await getHost('current');
}
const emulator = await startEmulator();
try {
  await prepareProfile();
  console.log(`Model platform (emulator):  ${emulator.origin}`);
  if (options['emulator-only']) await stayUntilInterrupted();
  else if (code) await showOnDesktop(code);
  else await showInBrowser();
} finally {
  await emulator.dispose();
}
process.exit();

/** The demo has a profile of its own: the person's own VS Code settings and keys stay out of it. */
async function prepareProfile(): Promise<void> {
  const connection = { 'qiao.dashscope.baseUrl': emulator.origin };
  // A proposed edit in place is shown as it is where nothing saves by itself; in the browser VS Code does, unless told.
  const settings = { ...quietSettings, ...connection, 'files.autoSave': 'off' };
  await writeUserSettings(userDataFolder, settings);
  await writeMachineSettings(userDataFolder, connection);
  await cp(sampleWorkspace, workspace, { recursive: true, force: false });
}

async function showInBrowser(): Promise<void> {
  await installExtension(extensionsFolder, 'link');
  await symlink(demoWindow, path.join(extensionsFolder, 'qiao.demo-window-0.0.1'), 'junction');
  const server = await startServer({
    host: 'current',
    port: await freePort(Number(options.port)),
    userDataFolder,
    extensionsFolder,
    locale: options.locale,
    environment,
  });
  const url = new URL(windowUrl(server, { folder: workspace }));
  // It keeps a new profile's welcome away, which `quietSettings` does here; without it the address is shorter.
  url.searchParams.delete('payload');
  console.log(`VS Code with Qiao:          ${url.href}`);
  if (!options['no-open']) openPage(url.href);
  const how = await Promise.race([stayUntilInterrupted(), server.ended]);
  if (how)
    console.error(`VS Code Server ended by itself (${how}); its log is in ${userDataFolder}/server.log`);
  await server.stop();
}

async function showOnDesktop(program: string): Promise<void> {
  console.log('VS Code with Qiao:          a new window of the desktop VS Code (close it to end the demo)');
  const isWindows = process.platform === 'win32';
  const quoted = (text: string) => (isWindows ? `"${text}"` : text);
  const args = [
    '--new-window',
    '--wait',
    `--extensionDevelopmentPath=${repository}`,
    `--extensionDevelopmentPath=${demoWindow}`,
    `--user-data-dir=${userDataFolder}`,
    `--extensions-dir=${path.join(demoFolder, 'desktopExtensions')}`,
    '--disable-workspace-trust',
    ...(options.locale ? [`--locale=${options.locale}`] : []),
    workspace,
  ];
  const child = spawn(quoted(program), args.map(quoted), {
    stdio: 'inherit',
    shell: isWindows,
    env: hostEnvironment(environment),
  });
  const closed = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await Promise.race([stayUntilInterrupted(), closed]);
  child.kill();
}

async function stayUntilInterrupted(): Promise<void> {
  console.log('Ctrl+C ends it.');
  await interrupted;
}
