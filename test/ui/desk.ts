// What the tests of a worker share: a server, a browser with one profile, and the window that stands open. A test of the
// same file goes on in that window, cleared; see `clearWindow.ts`.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { ServerProcess } from '../../scripts/host/serverProcess.ts';
import {
  quietSettings,
  type Settings,
  writeMachineSettings,
  writeUserSettings,
} from '../../scripts/host/userData.ts';
import { windowUrl } from '../../scripts/host/windowUrl.ts';
import { qiaoTab } from './actions.ts';
import { forgetKey } from './chat.ts';
import { clearWindow } from './clearWindow.ts';
import { watchForTrouble } from './trouble.ts';

export interface Vscode {
  readonly server: ServerProcess;
  readonly userDataFolder: string;
  readonly extensionsFolder: string;
}

export interface Desk {
  /** The port of the window's platform; 0 while no window is open: any that is free. */
  readonly platformPort: number;
  /** The project folder's path, the same for all windows. */
  readonly folder: string;
  /** Closes the window that is open, unless it is this one. Call it before the folder and the platform are made. */
  keepOnly(key: string): Promise<void>;
  /** The window that is open, cleared, or a new one without state, secrets or history, in a page so prepared. */
  window(key: string, platformPort: number, settings: Settings, prepare?: Prepare): Promise<Page>;
  /** The next test has a new window; in another page, if this one was changed for good. */
  close(how?: { pageToo: boolean }): Promise<void>;
  dispose(): Promise<void>;
}

/** Adds scripts or functions to a page before a window opens in it. */
export type Prepare = (page: Page) => Promise<void>;

interface OpenWindow {
  readonly key: string;
  readonly page: Page;
  readonly platformPort: number;
}

export async function createDesk(browser: Browser, vscode: Vscode): Promise<Desk> {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
  const folder = path.join(scratch, 'sample');
  await mkdir(folder);
  // One profile and, where that can be, one page: they spare all windows but the first fetching and compiling VS Code.
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(actionTimeout);
  let page: Page | undefined;
  let open: OpenWindow | undefined;

  async function close({ pageToo } = { pageToo: false }): Promise<void> {
    open = undefined;
    if (!page) return;
    // Leaving the window lets VS Code end the extension host now instead of waiting for a reconnection.
    await page.evaluate(() => sessionStorage.clear()).catch(() => {});
    await page.goto('about:blank').catch(() => {});
    if (!pageToo) return;
    await page.close();
    page = undefined;
  }

  async function openNew(settings: Settings, prepare?: Prepare): Promise<Page> {
    const { server, userDataFolder } = vscode;
    await clearUserData(userDataFolder);
    await writeSettings(userDataFolder, settings);
    if (!page) {
      page = await context.newPage();
      watchForTrouble(page);
    }
    forgetKey(page);
    await clearBrowserStorage(context, page, server.port);
    await prepare?.(page);
    await page.goto(windowUrl(server, { folder }));
    await qiaoTab(page).waitFor();
    return page;
  }

  return {
    get platformPort() {
      return open?.platformPort ?? 0;
    },
    folder,
    async keepOnly(key) {
      if (open?.key !== key) await close();
    },
    async window(key, platformPort, settings, prepare) {
      if (open) {
        await writeSettings(vscode.userDataFolder, settings);
        await clearWindow(open.page, settings);
      } else open = { key, page: await openNew(settings, prepare), platformPort };
      return open.page;
    },
    close,
    async dispose() {
      await close({ pageToo: true });
      await context.close();
      await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const actionTimeout = 120_000;

/** Every frame is painted without a graphics card, and what moves is not clicked until it stands still. */
const stillSettings: Settings = { 'editor.cursorBlinking': 'solid', 'workbench.reduceMotion': 'on' };

async function writeSettings(userDataFolder: string, settings: Settings): Promise<void> {
  await writeUserSettings(userDataFolder, { ...quietSettings, ...stillSettings, ...settings });
  await writeMachineSettings(userDataFolder, settings);
}

/** What earlier windows left on the server's disk: storage of extensions, and backups of files that were not saved. */
async function clearUserData(userDataFolder: string): Promise<void> {
  for (const name of ['Backups', 'History', 'globalStorage', 'workspaceStorage']) {
    await rm(path.join(userDataFolder, 'User', name), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** All that VS Code keeps in the browser, but for the cache of its files. */
async function clearBrowserStorage(context: BrowserContext, page: Page, port: number): Promise<void> {
  await context.clearCookies();
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', {
    origin: `http://127.0.0.1:${port}`,
    storageTypes: 'local_storage,indexeddb,websql,file_systems',
  });
  await session.detach();
}
