// What every test through the screen starts from: a window of VS Code with Qiao installed as built, a project folder
// of its own, and an emulated platform that Qiao talks to.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { requestedHost } from '../../scripts/host/hostVersions.ts';
import { installExtension } from '../../scripts/host/installExtension.ts';
import { launchBrowser } from '../../scripts/host/launchBrowser.ts';
import { sampleWorkspace } from '../../scripts/host/paths.ts';
import type { ServerProcess } from '../../scripts/host/serverProcess.ts';
import { startServer } from '../../scripts/host/startServer.ts';
import {
  quietSettings,
  type Settings,
  writeMachineSettings,
  writeUserSettings,
} from '../../scripts/host/userData.ts';
import { windowUrl } from '../../scripts/host/windowUrl.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/index.ts';
import { qiaoTab } from './actions.ts';

export { expect } from '@playwright/test';

export type Theme = 'Light Modern' | 'Dark Modern' | 'Default High Contrast' | 'Default High Contrast Light';

interface WorkerOptions {
  /** VS Code's display language. A new value means a new server: set it at the top of a file. */
  language: string;
  /** Variables that the extension host sees, e.g. `DASHSCOPE_API_KEY`; none of the kind is set by default. */
  environment: Record<string, string>;
  /** Whether VS Code asks whom to trust. */
  workspaceTrust: boolean;
  /** Whether the server has VS Code's own chat extension, which plain messages and agent mode need. */
  nativeChat: boolean;
}

interface TestOptions {
  theme: Theme;
  /** The project folder's files, by name. `undefined`: the sample project that the demo shows. */
  files: Record<string, string> | undefined;
  /** Settings of the user and, where their scope is `machine`, of the machine. */
  settings: Settings;
  emulatorOptions: EmulatorOptions;
}

interface Vscode {
  readonly server: ServerProcess;
  readonly userDataFolder: string;
  readonly extensionsFolder: string;
}

export interface TestFixtures extends TestOptions {
  /** The platform that Qiao talks to in this test. */
  emulator: Emulator;
  /** The path of the folder that the window shows. */
  folder: string;
}

/**
 * `page` is an open window, with state, secrets and history empty. Its server is shared by the tests of a worker,
 * so what an extension writes outside its own storage stays.
 */
export const test = base.extend<TestFixtures, WorkerOptions & { vscode: Vscode }>({
  language: ['en', { option: true, scope: 'worker' }],
  environment: [{}, { option: true, scope: 'worker' }],
  workspaceTrust: [false, { option: true, scope: 'worker' }],
  nativeChat: [false, { option: true, scope: 'worker' }],
  theme: ['Dark Modern', { option: true }],
  files: [undefined, { option: true }],
  settings: [{}, { option: true }],
  emulatorOptions: [{}, { option: true }],

  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  vscode: [
    async ({ language, environment, workspaceTrust, nativeChat }, use) => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
      const userDataFolder = path.join(folder, 'user');
      const extensionsFolder = path.join(folder, 'extensions');
      await installExtension(extensionsFolder, 'copy');
      const server = await startServer({
        host: requestedHost(),
        userDataFolder,
        extensionsFolder,
        locale: language,
        environment,
        workspaceTrust,
        nativeChat,
      });
      await use({ server, userDataFolder, extensionsFolder });
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
    // A host with VS Code's own chat is fetched by the first test that needs it.
    { scope: 'worker', timeout: 180_000 },
  ],

  emulator: async ({ emulatorOptions }, use) => {
    const emulator = await startEmulator(emulatorOptions);
    await use(emulator);
    await emulator.dispose();
  },

  folder: async ({ files }, use) => {
    const scratch = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
    const folder = path.join(scratch, 'sample');
    if (files) await writeFiles(folder, files);
    else await cp(sampleWorkspace, folder, { recursive: true });
    await use(folder);
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  },

  page: async ({ page, vscode, emulator, folder, theme, settings }, use) => {
    const all = { 'qiao.dashscope.baseUrl': emulator.origin, 'workbench.colorTheme': theme, ...settings };
    await clearExtensionStorage(vscode.userDataFolder);
    await writeUserSettings(vscode.userDataFolder, { ...quietSettings, ...all });
    await writeMachineSettings(vscode.userDataFolder, all);
    await page.goto(windowUrl(vscode.server, { folder }));
    await qiaoTab(page).waitFor({ timeout: 60_000 });
    await use(page);
    // Leaving the page lets VS Code end the extension host now instead of waiting for a reconnection.
    await page.goto('about:blank');
  },
});

async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** The browser forgets by itself; what extensions write on the server's disk does not. */
async function clearExtensionStorage(userDataFolder: string): Promise<void> {
  for (const name of ['globalStorage', 'workspaceStorage']) {
    await rm(path.join(userDataFolder, 'User', name), { recursive: true, force: true, maxRetries: 5 });
  }
}
