/** Lists the diagnostic checks in the order of the report. */

import { l10n } from 'vscode';
import { translate } from '../../base/host/translate.ts';
import { findProvider } from '../../providers/registry.ts';
import { acceptanceCheck } from './acceptanceCheck.ts';
import { addressCheck } from './addressCheck.ts';
import { certificatesCheck } from './certificatesCheck.ts';
import { type CheckGroup, ok } from './check.ts';
import { clockCheck } from './clockCheck.ts';
import type { DiagnosticInput } from './diagnosticInput.ts';
import { dnsCheck } from './dnsCheck.ts';
import { historyCheck } from './historyCheck.ts';
import { keyCheck } from './keyCheck.ts';
import { proxyCheck } from './proxyCheck.ts';
import { serverCheck } from './serverCheck.ts';
import { settingsCheck } from './settingsCheck.ts';
import { storageCheck } from './storageCheck.ts';
import { createTarget } from './target.ts';
import { tlsCheck } from './tlsCheck.ts';
import { trustCheck } from './trustCheck.ts';
import { versionsCheck } from './versionsCheck.ts';

/** One group per connection, first the chosen model's, and one for this computer. */
export function checkGroups(input: DiagnosticInput): CheckGroup[] {
  const connections = input.connections.toSorted((one, other) => Number(other.chosen) - Number(one.chosen));
  return [...connections.map((connection) => connectionGroup(connection, input)), computerGroup(input)];
}

function connectionGroup(
  connection: DiagnosticInput['connections'][number],
  { proxySource }: DiagnosticInput,
): CheckGroup {
  const { profile, chosen, secrets, modelId, hasStoredKey } = connection;
  const target = createTarget(connection);
  const key = keyCheck(target, hasStoredKey);
  const provider = translate(findProvider(profile.provider).name);
  const title = l10n.t('Connection “{0}”', profile.name);
  const unused = profile.id === 'dashscope' && !chosen && !Object.values(secrets).some(Boolean);
  if (unused) return { title, subtitle: l10n.t('Not in use.'), checks: [key] };
  return {
    title,
    subtitle: chosen ? `${provider} · ${l10n.t('the chosen model’s')}` : provider,
    checks: [
      key,
      addressCheck(target),
      proxyCheck(target, proxySource),
      dnsCheck(target),
      serverCheck(target),
      tlsCheck(target),
      clockCheck(target),
      acceptanceCheck(target, modelId),
    ],
  };
}

function computerGroup({ demo, historyFolder, ...input }: DiagnosticInput): CheckGroup {
  const demoCheck = {
    title: l10n.t('Demo'),
    run: async () => ok(l10n.t('It is on: answers come from an emulator on this computer.')),
  };
  return {
    title: l10n.t('This computer'),
    checks: [
      ...(demo ? [demoCheck] : []),
      versionsCheck(input.versions),
      settingsCheck(input.settings),
      trustCheck(input.trust),
      certificatesCheck(input.certificates),
      storageCheck(historyFolder),
      historyCheck(historyFolder, input.history),
    ],
  };
}
