// Finds a Chromium browser: the configured one, the system's, Playwright's, or one from npm.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { getNpmChromium } from './npmChromium.ts';

export interface FoundBrowser {
  readonly executablePath: string;
  readonly from: 'CHROME_PATH' | 'system' | 'playwright' | 'npm';
  /** Variables that it needs beyond our own environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Fetches a browser only where none is installed (Linux x64). Throws with advice where that is not possible. */
export async function findBrowser(): Promise<FoundBrowser> {
  const asked = process.env.CHROME_PATH;
  if (asked) return { executablePath: asked, from: 'CHROME_PATH', environment: {} };
  if (process.env.BROWSER_FROM !== 'npm') {
    const installed = systemBrowsers().find((file) => existsSync(file));
    if (installed) return { executablePath: installed, from: 'system', environment: {} };
    const own = chromium.executablePath();
    if (existsSync(own)) return { executablePath: own, from: 'playwright', environment: {} };
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    return { ...(await getNpmChromium()), from: 'npm' };
  }
  throw new Error(
    'No Chromium, Chrome or Edge found. Install one, run "npx playwright install chromium", or set CHROME_PATH.',
  );
}

function systemBrowsers(): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case 'win32':
      return ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((variable) => {
        const folder = process.env[variable];
        if (!folder) return [];
        return ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((file) =>
          path.join(folder, file),
        );
      });
    default:
      return [
        '/usr/bin/chromium',
        '/usr/bin/chromium-browser',
        '/usr/bin/google-chrome',
        '/usr/bin/google-chrome-stable',
        '/usr/bin/microsoft-edge',
        '/snap/bin/chromium',
      ];
  }
}
