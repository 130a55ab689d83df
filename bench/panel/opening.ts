/** How long a view takes to open: from the key that asks for it to the frame in which it shows something. */

import type { Frame, Page } from 'playwright-core';

declare global {
  interface Window {
    /** When the last key combination was pressed, in milliseconds since the epoch. */
    benchKeyAt?: number;
  }
}

/** `press` asks for the view, which must not be in sight. Throws when `selector` does not come within a minute. */
export async function timeOpening(page: Page, selector: string, press: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const take = ({ key, timeStamp }: KeyboardEvent): void => {
      if (/^\d$/.test(key)) window.benchKeyAt = performance.timeOrigin + timeStamp;
    };
    window.addEventListener('keydown', take, { capture: true });
  });
  const paintedAt = await new Promise<number>((resolve, reject) => {
    const look = (frame: Frame): void => {
      if (!frame.url().includes('fake.html')) return;
      // A page that is thrown away again has nothing to tell.
      frame.evaluate(firstPaintOf, selector).then(settle(resolve), () => {});
    };
    const timer = setTimeout(() => settle(reject)(new Error(`No ${selector} within a minute.`)), 60_000);
    const settle =
      <T>(act: (value: T) => void) =>
      (value: T): void => {
        clearTimeout(timer);
        page.removeListener('framenavigated', look);
        act(value);
      };
    page.on('framenavigated', look);
    press().catch(settle(reject));
  });
  return paintedAt - (await page.evaluate(() => window.benchKeyAt ?? Number.NaN));
}

/** Runs in the page, alone. Workbench and views are one process, so that their clocks agree. */
function firstPaintOf(selector: string): Promise<number> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      if (!document.querySelector(selector)) return false;
      observer.disconnect();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
        channel.port2.postMessage(null);
      });
      return true;
    };
    const observer = new MutationObserver(look);
    if (!look()) observer.observe(document, { childList: true, subtree: true });
  });
}
