/** Reads keys from the environment variables that the vendors' tools use. */

import type { ConnectionProfile, Secrets } from '../../providers/common/connectionProfile.ts';
import { findProvider } from '../../providers/registry.ts';
import { addressOf, defaultProfileId, isVendorAddress } from './connections.ts';

/** Empty unless the address is a vendor's or the default connection's. */
export function keysFromEnvironment(profile: ConnectionProfile): Secrets {
  const { id, provider } = profile;
  if (id !== defaultProfileId && !isVendorAddress(addressOf(profile))) return {};
  const names = findProvider(provider).variables?.(profile) ?? {};
  const values = Object.entries(names).map(([name, variable]) => [name, process.env[variable]?.trim()]);
  return Object.fromEntries(values.filter(([, value]) => value));
}

/** The environment variable that a snippet reads the profile's key from. */
export function keyVariableOf(profile: ConnectionProfile): string {
  return findProvider(profile.provider).variables?.(profile).apiKey ?? 'OPENAI_API_KEY';
}
