/** Tells whether the chosen model's connection has all secrets it needs. */

import { hasSecrets } from '../../providers/secrets/profileSecrets.ts';
import { parseModelRef } from '../common/modelRef.ts';
import { readProfiles } from './connections.ts';
import type { KeyStore } from './keyStore.ts';
import { readModelSetting } from './settings.ts';

export async function isReady(keys: Pick<KeyStore, 'get'>): Promise<boolean> {
  const profiles = readProfiles();
  const { connectionId } = parseModelRef(
    readModelSetting(),
    profiles.map(({ id }) => id),
  );
  const profile = profiles.find(({ id }) => id === connectionId);
  return profile !== undefined && hasSecrets(profile, await keys.get(profile));
}
