/** The usage feature: its command. */

import type { Feature } from '../../base/host/feature.ts';
import { createUsagePage, type UsagePageOptions } from './usagePage.ts';

export function createUsage(dependencies: UsagePageOptions): Feature<'usage'> {
  const page = createUsagePage(dependencies);
  return {
    commands: {
      'qiao.showUsage': async () => page.show(),
    },
    dispose: () => page.dispose(),
  };
}
