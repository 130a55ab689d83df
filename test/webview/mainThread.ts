/** How much the main thread of a page has worked, whatever else runs on the machine. */

import type { PanelPage } from './panelPage.ts';

/** Milliseconds of the processor's time that the page's main thread takes while `act` runs, with the frames it brings about. */
export async function mainThreadTime(panel: PanelPage, act: () => Promise<void>): Promise<number> {
  const session = await panel.page.context().newCDPSession(panel.page);
  // A session counts from here on.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await act();
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}
