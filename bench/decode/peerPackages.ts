/** The other clients to compare with, and where they are loaded from. */

import path from 'node:path';
import { importLocked, installLocked, type LockedPackages } from '../../scripts/host/lockedPackages.ts';
import { repository } from '../../scripts/host/paths.ts';

const peers: LockedPackages = {
  name: 'bench-peers',
  manifestFolder: path.join(repository, 'bench/peers'),
  progress: 'Installing the clients to compare with (once)',
};

/** Throws when npm fails. */
export async function installPeers(): Promise<void> {
  await installLocked(peers);
}

/** `any`, as every import of a computed name; the caller says what it uses of it. Throws when it is not there. */
export function importPeer(name: string) {
  return importLocked(peers, name);
}
