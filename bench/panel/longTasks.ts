/** The longest task of a page's main thread, which its frames share. */

import type { Page } from 'playwright-core';

/** Watches from now on; the returned function ends that and gives milliseconds: 0 when no task took 50 or more. */
export async function watchLongTasks(page: Page): Promise<() => Promise<number>> {
  const watch = await page.evaluateHandle(() => {
    let longest = 0;
    const take = (list: PerformanceEntryList): void => {
      for (const { duration } of list) longest = Math.max(longest, duration);
    };
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    observer.observe({ type: 'longtask' });
    return () => {
      take(observer.takeRecords());
      observer.disconnect();
      return longest;
    };
  });
  return async () => {
    const longest = await watch.evaluate((end) => end());
    await watch.dispose();
    return longest;
  };
}
