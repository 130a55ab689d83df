/** Looks up the secrets that a profile's provider requires. */

import type { ConnectionProfile, SecretName, Secrets } from '../common/connectionProfile.ts';
import { findProvider } from '../registry.ts';

/** In the order in which the user is asked for them. */
export function requiredSecrets(profile: ConnectionProfile): readonly SecretName[] {
  return findProvider(profile.provider).secrets(profile);
}

/** Whether a key is optional, as for gateways. */
export function takesOptionalKey({ provider }: ConnectionProfile): boolean {
  return findProvider(provider).takesOptionalKey ?? false;
}

export function hasSecrets(profile: ConnectionProfile, secrets: Secrets | undefined): boolean {
  return requiredSecrets(profile).every((name) => secrets?.[name]);
}
