/** Checks whether the secrets of a connection are set and well-formed, and where they come from. */

import { l10n } from 'vscode';
import { findApiKeyProblem, normalizeApiKey } from '../../connections/common/apiKey.ts';
import { unusualKeyText } from '../../connections/host/keyTexts.ts';
import type { ConnectionProfile, SecretName } from '../../providers/common/connectionProfile.ts';
import { findProvider } from '../../providers/registry.ts';
import { requiredSecrets } from '../../providers/secrets/profileSecrets.ts';
import { type Check, type Finding, ok, problem, skipped, warning } from './check.ts';
import { keyStep } from './steps.ts';
import type { Target } from './target.ts';

/** `hasStored`: whether VS Code's secret storage has the secrets; otherwise they come from environment variables. */
export function keyCheck(target: Target, hasStored: () => Promise<boolean>): Check {
  return {
    title: l10n.t('Key'),
    async run() {
      const { profile, secrets, chosen } = target;
      const names = requiredSecrets(profile);
      const given = Object.values(secrets).some(Boolean);
      if (names.length === 0 && !given) return ok(l10n.t('This connection needs no key.'));
      const missing = names.filter((name) => !secrets[name]);
      if (missing.length === names.length && names.length > 0) {
        const text = l10n.t('No key is set.');
        // The default connection exists even if the user uses another one.
        if (!chosen) return skipped(text);
        return problem(
          text,
          keyStep(l10n.t('Set the key of this connection, or try Qiao without one.'), profile),
        );
      }
      if (missing.length > 0) {
        const text = l10n.t('A part is missing: {0}.', missing.map(nameOf).join(', '));
        return problem(text, keyStep(l10n.t('Set the key again; all its parts are asked for.'), profile));
      }
      return judge(profile, Object.entries(secrets), await hasStored());
    },
  };
}

function judge(profile: ConnectionProfile, secrets: [string, string][], stored: boolean): Finding {
  const again = keyStep(
    l10n.t('Copy the key once more from the platform’s console and set it again.'),
    profile,
  );
  const { prefix } = findProvider(profile.provider).key ?? {};
  let unusual = false;
  for (const [name, value] of secrets) {
    const found = findApiKeyProblem(value, name === 'apiKey' ? prefix : undefined);
    if (found === 'characters')
      return problem(l10n.t('The key holds blanks, line breaks or characters that no key has.'), again);
    if (found === 'short') return problem(l10n.t('The key is too short to be one.'), again);
    if (normalizeApiKey(value) !== value)
      return problem(
        l10n.t('Around the key stands something that does not belong to it, such as quotes.'),
        again,
      );
    unusual ||= found === 'prefix';
  }
  if (prefix && unusual) return warning(unusualKeyText(prefix), again);
  return ok(
    stored
      ? l10n.t('It lies in VS Code’s secret storage.')
      : l10n.t('It comes from an environment variable; none is stored.'),
  );
}

function nameOf(name: SecretName): string {
  switch (name) {
    case 'apiKey':
      return l10n.t('API key');
    case 'secretKey':
      return l10n.t('secret key');
    case 'accessKey':
      return l10n.t('access key');
    case 'accessToken':
      return l10n.t('access token');
  }
}
