/** All that is measured, running: VS Code Server with Qiao and the bare extension, a browser, and the platform. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, CDPSession, Frame, Page } from 'playwright-core';
import { installExtension } from '../../scripts/host/installExtension.ts';
import { launchBrowser } from '../../scripts/host/launchBrowser.ts';
import { sampleWorkspace } from '../../scripts/host/paths.ts';
import type { ServerProcess } from '../../scripts/host/serverProcess.ts';
import { startServer } from '../../scripts/host/startServer.ts';
import { quietSettings, writeMachineSettings, writeUserSettings } from '../../scripts/host/userData.ts';
import { windowUrl } from '../../scripts/host/windowUrl.ts';
import { startWorker } from '../decode/worker.ts';
import { bareExtensionId, installBareExtension, keys } from './bareExtension.ts';
import type { ExchangeTimes, Plan } from './exchanges.ts';
import { timeOpening } from './opening.ts';
import type { Vitals } from './vitals.ts';

export interface Stage {
  /** Where extensions keep their files. */
  readonly storageFolder: string;
  /** A window with an extension host of its own, and nothing remembered; VS Code's own chat is off unless asked for. The caller closes it. */
  openWindow(options?: { vscodeChat?: boolean }): Promise<VscodeWindow>;
  /** What the next request gets. */
  plan(plan: Plan): Promise<void>;
  /** Of the answer to it, once that has ended. */
  times(): Promise<ExchangeTimes>;
  /** Resolves when all processes are gone. */
  close(): Promise<void>;
}

export interface VscodeWindow {
  readonly page: Page;
  /** Of the whole page: workbench and webviews share one thread and one heap. */
  readonly devtools: CDPSession;
  /** Closes what is open, and lets VS Code end the extension host. `reload` comes back. */
  leave(): Promise<void>;
  /** Loads the window again: everything begins anew but what VS Code and its extensions keep. */
  reload(): Promise<void>;
  press(key: keyof typeof keys): Promise<void>;
  /** Brings the view to the front, and gives the inside of it. */
  show(who: 'qiao' | 'bare'): Promise<Frame>;
  /** From the key that asks for a view, which is not in sight, to the frame that shows `selector` in it. */
  timeOpening(who: 'qiao' | 'bare', selector: string): Promise<number>;
  /** In use by workbench and views together, after a collection. */
  heapBytes(): Promise<number>;
  /** VS Code's own report on its start, as Markdown. */
  startupReport(): Promise<string>;
  /** Opens an exported session of VS Code's own chat there. */
  importChat(file: string): Promise<void>;
  /** After a collection in the extension host. */
  vitals(): Promise<Vitals>;
  close(): Promise<void>;
}

/** One whose limit Qiao knows, so that long conversations are trimmed. */
export const modelRef = 'dashscope/qwen2-72b-instruct';

/** Selectors in the views' pages. */
export const fields = { qiao: '.composer textarea', bare: 'textarea' } as const;

/** Expects Qiao to be built. */
export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
  const userDataFolder = path.join(folder, 'user');
  const extensionsFolder = path.join(folder, 'extensions');
  const vitalsFile = path.join(folder, 'vitals');
  const platform = startWorker(import.meta.resolve('./server.ts'));
  let server: ServerProcess | undefined;
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await Promise.all([server?.stop(), platform.stop()]);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const origin = `http://127.0.0.1:${await platform.ask('port')}`;
    await installExtension(extensionsFolder, 'copy');
    await installBareExtension(extensionsFolder);
    const settings = { 'qiao.dashscope.baseUrl': origin, 'qiao.model': modelRef };
    await writeMachineSettings(userDataFolder, settings);
    server = await startServer({
      host: 'current',
      userDataFolder,
      extensionsFolder,
      environment: {
        DASHSCOPE_API_KEY: 'sk-not-a-real-key',
        QIAO_BENCH_SERVER: origin,
        QIAO_BENCH_VITALS: vitalsFile,
      },
    });
    browser = await launchBrowser();
    const url = windowUrl(server, { folder: sampleWorkspace });
    const opened = browser;
    return {
      storageFolder: path.join(userDataFolder, 'User', 'globalStorage'),
      async openWindow({ vscodeChat = false } = {}) {
        const own = { 'chat.disableAIFeatures': !vscodeChat };
        await writeUserSettings(userDataFolder, { ...quietSettings, ...settings, ...own });
        return openWindow(opened, url, vitalsFile);
      },
      plan: async (plan) => void (await platform.ask('plan', plan)),
      times: () => waitFor('the end of the answer', () => platform.ask('times') as Promise<ExchangeTimes>),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openWindow(browser: Browser, url: string, vitalsFile: string): Promise<VscodeWindow> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  const askBare = async (what: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${await readFile(vitalsFile, 'utf8')}/${what}`);
  const vitals = async (): Promise<Vitals> => (await (await askBare('vitals')).json()) as Vitals;
  const press = (key: keyof typeof keys): Promise<void> =>
    page.keyboard.press(keys[key].key.replace('ctrl', 'Control').replace('alt', 'Alt'));
  const load = async (): Promise<void> => {
    await rm(vitalsFile, { force: true });
    await page.goto(url);
    await waitFor('the extension host', () => vitals().catch(() => null));
  };
  await load();
  return {
    page,
    devtools,
    vitals,
    startupReport: async () => (await askBare('startup')).text(),
    async importChat(file) {
      const { ok } = await askBare(`import?${encodeURIComponent(file)}`);
      if (!ok) throw new Error('VS Code’s chat did not take the session.');
    },
    async leave() {
      // Leaving the page lets VS Code end the extension host now instead of waiting for a reconnection.
      await page.goto('about:blank');
      await page.waitForTimeout(1500);
    },
    async reload() {
      await page.goto('about:blank');
      await load();
    },
    timeOpening: (who, selector) =>
      timeOpening(page, selector, () => press(who === 'qiao' ? 'showQiao' : 'showBare')),
    async heapBytes() {
      await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize } = await devtools.send('Runtime.getHeapUsage');
      return usedSize;
    },
    press,
    async show(who) {
      const key = who === 'qiao' ? 'showQiao' : 'showBare';
      const id = who === 'qiao' ? 'qiao.qiao' : bareExtensionId;
      await press(key);
      const outer = await page.waitForSelector(`iframe.webview[src*="extensionId=${id}"]`, {
        state: 'attached',
      });
      const inner = await (await outer.contentFrame())?.waitForSelector('iframe#active-frame');
      const frame = await inner?.contentFrame();
      if (!frame) throw new Error(`The view of ${id} has no page.`);
      await frame.waitForSelector(fields[who]);
      return frame;
    },
    async close() {
      await page.goto('about:blank');
      await context.close();
    },
  };
}

/** Asks until there is something. Throws after a minute. */
export async function waitFor<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const end = performance.now() + 60_000;
  while (performance.now() < end) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited a minute in vain for ${what}.`);
}
