/** Creates connections for diagnostic checks, and runs a check. */

import type { Check, Finding } from '../../../src/diagnostics/host/check.ts';
import { createTarget, type Target } from '../../../src/diagnostics/host/target.ts';
import type { ConnectionProfile, Secrets } from '../../../src/providers/common/connectionProfile.ts';
import type { NetworkOptions } from '../../../src/providers/connection.ts';

export interface TargetOptions {
  network?: NetworkOptions;
  secrets?: Secrets;
  profile?: Partial<ConnectionProfile>;
  chosen?: boolean;
}

export const key = 'sk-doctor-secret-0123456789';

/** An OpenAI-compatible connection with a key and the chosen model, unless overridden. */
export function targetAt(address: string, options: TargetOptions = {}): Target {
  const { network = {}, secrets = { apiKey: key }, profile = {}, chosen = true } = options;
  return createTarget({
    profile: { id: 'test', name: 'Test', provider: 'openai', baseUrl: address, ...profile },
    secrets,
    address,
    network,
    chosen,
  });
}

export function run(check: Check): Promise<Finding> {
  return check.run(AbortSignal.timeout(50_000));
}
