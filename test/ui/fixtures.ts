// What every test through the screen starts from: a window of VS Code with Qiao installed as built, a project folder, and
// an emulated platform that Qiao talks to.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { requestedHost } from '../../scripts/host/hostVersions.ts';
import { installExtension } from '../../scripts/host/installExtension.ts';
import { launchBrowser } from '../../scripts/host/launchBrowser.ts';
import { startServer } from '../../scripts/host/startServer.ts';
import type { Settings } from '../../scripts/host/userData.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/index.ts';
import { isFullRun } from '../support/fullRun.ts';
import { stopAnswer } from './clearWindow.ts';
import { createDesk, type Desk, type Prepare, type Vscode } from './desk.ts';
import { fillFolder } from './projectFolder.ts';
import { tellTrouble } from './trouble.ts';

export { expect } from '@playwright/test';

export type Theme = 'Light Modern' | 'Dark Modern' | 'Default High Contrast' | 'Default High Contrast Light';

/** The first of them; all with `PICTURES=1`: only pictures show what a theme changes. */
export function picturedThemes(...themes: readonly Theme[]): readonly Theme[] {
  return process.env.PICTURES ? themes : themes.slice(0, 1);
}

/**
 * Declares tests like `test`, but only in a full run (`isFullRun`). For tests whose code other tiers test without a window.
 * `paths`: that code; when Git says that it has changed, the tests run too.
 */
export function inFullRun<Test>(test: Test, ...paths: readonly string[]): Test {
  return isFullRun(paths) ? test : ((() => {}) as Test);
}

interface WorkerOptions {
  /** VS Code's display language. A new value means a new server: set it at the top of a file. */
  language: string;
  /** Variables that the extension host sees, e.g. `DASHSCOPE_API_KEY`; none of the kind is set by default. */
  environment: Record<string, string>;
  /** Whether VS Code asks whom to trust. */
  workspaceTrust: boolean;
  /** Whether the server has VS Code's own chat extension, which plain messages and agent mode need. */
  vscodeChat: boolean;
}

interface TestOptions {
  /**
   * Whether the test needs a window that nobody has used: because it is about a start, about trust, or about having no key,
   * or because of `pageBefore`. The other tests of a file share one.
   */
  ownWindow: boolean;
  /** For a test with a window of its own: what its page has before that opens. */
  pageBefore: { prepare?: Prepare };
  theme: Theme;
  /** The project folder's files, by name. `undefined`: the sample project that the demo shows. */
  files: Record<string, string> | undefined;
  /** Settings of the user and, where their scope is `machine`, of the machine. */
  settings: Settings;
  emulatorOptions: EmulatorOptions;
}

export interface TestFixtures extends TestOptions {
  /** Closes the open window if the test cannot go on in it, before anything else of the test is there. */
  windowKey: string;
  /** The platform that Qiao talks to in this test. */
  emulator: Emulator;
  /** The path of the folder that the window shows. */
  folder: string;
}

/**
 * `page` is an open window: a new one for the first test of a file, after a failure, and where options differ; else the
 * one of the test before, cleared (`clearWindow.ts`). Its server is shared by the tests of a worker, so what an extension
 * writes outside its own storage stays.
 */
export const test = base.extend<TestFixtures, WorkerOptions & { vscode: Vscode; desk: Desk }>({
  language: ['en', { option: true, scope: 'worker' }],
  environment: [{}, { option: true, scope: 'worker' }],
  workspaceTrust: [false, { option: true, scope: 'worker' }],
  vscodeChat: [false, { option: true, scope: 'worker' }],
  ownWindow: [false, { option: true }],
  pageBefore: [{}, { option: true }],
  theme: ['Dark Modern', { option: true }],
  files: [undefined, { option: true }],
  settings: [{}, { option: true }],
  emulatorOptions: [{}, { option: true }],

  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
    async ({}, use) => {
      // A window does not stay open long enough for optimised code to pay off.
      const browser = await launchBrowser(['--js-flags=--no-opt --no-maglev']);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  vscode: [
    async ({ language, environment, workspaceTrust, vscodeChat }, use) => {
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
        extensions: vscodeChat ? 'chat' : 'few',
      });
      await use({ server, userDataFolder, extensionsFolder });
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
    // A host with VS Code's own chat is fetched by the first test that needs it.
    { scope: 'worker', timeout: 180_000 },
  ],

  desk: [
    async ({ browser, vscode }, use) => {
      const desk = await createDesk(browser, vscode);
      await use(desk);
      await desk.dispose();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  windowKey: async ({ desk, files, settings, ownWindow, pageBefore, emulatorOptions }, use, info) => {
    const key = ownWindow ? info.testId : JSON.stringify([info.file, files, settings, emulatorOptions.port]);
    await desk.keepOnly(key);
    await use(key);
    const failed = info.status !== info.expectedStatus;
    if (ownWindow || failed) await desk.close({ pageToo: failed || pageBefore.prepare !== undefined });
  },

  emulator: async ({ desk, windowKey: _, emulatorOptions }, use) => {
    const emulator = await startEmulator({ port: desk.platformPort, ...emulatorOptions }).catch(async () => {
      // Another program has taken the port since the test before: then the window is of no use.
      await desk.close();
      return startEmulator(emulatorOptions);
    });
    await use(emulator);
    await emulator.dispose();
  },

  folder: async ({ desk, windowKey: _, files }, use) => {
    await fillFolder(desk.folder, files);
    await use(desk.folder);
  },

  // The folder is complete before the window opens.
  page: async ({ desk, windowKey, emulator, folder: _, theme, settings, pageBefore }, use, info) => {
    const all = { 'qiao.dashscope.baseUrl': emulator.origin, 'workbench.colorTheme': theme, ...settings };
    const port = Number(new URL(emulator.origin).port);
    const page = await desk.window(windowKey, port, all, pageBefore.prepare);
    await use(page);
    if (info.status !== info.expectedStatus) console.log(await tellTrouble(page));
    // Whose platform goes away is asked again, and would take the answers of the next test.
    await stopAnswer(page);
  },
});
