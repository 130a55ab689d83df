// What is told of a window in which a test failed: a picture does not say why a page did not load.
import type { Page } from '@playwright/test';

const kept = 40;
const heard = new WeakMap<Page, string[]>();

/** From now on remembers what goes wrong in the page, the newest last. */
export function watchForTrouble(page: Page): void {
  const lines: string[] = [];
  heard.set(page, lines);
  const add = (line: string): void => {
    lines.push(`${new Date().toISOString().slice(11, 23)} ${line.slice(0, 300)}`);
    if (lines.length > kept) lines.shift();
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') add(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => add(`page: ${error.message}`));
  page.on('requestfailed', (request) => add(`request: ${request.failure()?.errorText} ${request.url()}`));
  page.on('crash', () => add('the page crashed'));
}

/** The frames with their documents, what the window itself says, and what went wrong in it. */
export async function tellTrouble(page: Page): Promise<string> {
  const frames = page.frames().map((frame) => {
    const { pathname, searchParams } = new URL(frame.url() || 'about:blank');
    return `${pathname.split('/').slice(-2).join('/')} ${searchParams.get('extensionId') ?? ''}`;
  });
  const said = await page
    .locator('.notification-toast, .sidebar .title-label, .activitybar [aria-expanded="true"], .statusbar')
    .allInnerTexts()
    .catch((error: unknown) => [String(error)]);
  return ['Frames:', ...frames, 'Window:', ...said, 'Heard:', ...(heard.get(page) ?? [])].join('\n      ');
}
