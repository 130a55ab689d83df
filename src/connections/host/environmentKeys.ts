/** Keys in the variables that the vendors' own programs read. */

import type { ConnectionProfile, Secrets } from '../../providers/common/connectionProfile.ts';
import { findProvider } from '../../providers/registry.ts';
import { addressOf, defaultProfileId, isVendorAddress } from './connections.ts';

/** A key of the environment goes to the platform's own addresses, or where the default connection was told to go. */
export function keysFromEnvironment(profile: ConnectionProfile): Secrets {
  const { id, provider } = profile;
  if (id !== defaultProfileId && !isVendorAddress(addressOf(profile))) return {};
  const names = findProvider(provider).variables?.(profile) ?? {};
  const values = Object.entries(names).map(([name, variable]) => [name, process.env[variable]?.trim()]);
  return Object.fromEntries(values.filter(([, value]) => value));
}

/** The environment variable that a program takes a profile's key from. */
export function keyVariableOf(profile: ConnectionProfile): string {
  return findProvider(profile.provider).variables?.(profile).apiKey ?? 'OPENAI_API_KEY';
}
