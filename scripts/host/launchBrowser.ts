// Starts the browser that shows VS Code in tests.
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './findBrowser.ts';

/** A headless browser, or one with a window when HEADED is set, with `more` arguments. The caller closes it. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const browser = await findBrowser();
  return chromium.launch({
    executablePath: browser.executablePath,
    env: { ...process.env, ...browser.environment },
    headless: !process.env.HEADED,
    args: [
      ...commonArguments,
      ...more,
      ...(browser.from === 'npm' ? ['--headless=shell', '--no-zygote'] : []),
    ],
  });
}

/**
 * The sandbox is off because containers and CI machines rarely allow it; tests load no foreign pages. A frame without an
 * origin gets a process of its own, as in Chrome and on the desktop; this build does so only on some machines by itself.
 */
const commonArguments = [
  '--site-per-process',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];
