/** The usage feature: its command, and the last entries when the window closes. */

import type { Feature } from '../../base/host/feature.ts';
import { createUsagePage, type UsagePageOptions } from './usagePage.ts';

export function createUsage(dependencies: UsagePageOptions): Feature<'usage'> {
  const page = createUsagePage(dependencies);
  return {
    commands: {
      'qiao.showUsage': async () => page.show(),
    },
    async dispose() {
      // Waits for pending entries.
      await dependencies.ledger.table().catch(() => {});
      page.dispose();
    },
  };
}
