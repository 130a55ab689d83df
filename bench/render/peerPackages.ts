/** The other renderers to compare with. */

import path from 'node:path';
import { installLocked } from '../../scripts/host/lockedPackages.ts';
import { repository } from '../../scripts/host/paths.ts';

/** Where the packages are. Throws when npm fails. */
export async function installRenderers(): Promise<string> {
  const folder = await installLocked({
    name: 'bench-render-peers',
    manifestFolder: path.join(repository, 'bench/render/peers'),
    progress: 'Installing the renderers to compare with (once)',
  });
  return path.join(folder, 'node_modules');
}
