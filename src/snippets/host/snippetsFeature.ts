/** The snippets feature: its command, which loads the rest. */

import type { Feature } from '../../base/host/feature.ts';
import type { CopyAsCodeDependencies } from './copyAsCode.ts';

export function createSnippets(dependencies: CopyAsCodeDependencies): Feature<'snippets'> {
  return {
    commands: {
      'qiao.copyAsCode': async (what) => {
        const { copyAsCode, whatToCopy } = await import('./copyAsCode.ts');
        await copyAsCode(whatToCopy(what), dependencies);
      },
    },
  };
}
