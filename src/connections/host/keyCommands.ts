/** Asks for the secrets of a connection, and removes them. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { showInformationMessage, showWarningMessage } from '../../base/host/window/messages.ts';
import { showInputBox } from '../../base/host/window/quickInput.ts';
import { sentences } from '../../diagnostics/host/check.ts';
import type { ConnectionProfile, SecretName, Secrets } from '../../providers/common/connectionProfile.ts';
import { findProvider } from '../../providers/registry.ts';
import { hasSecrets, requiredSecrets, takesOptionalKey } from '../../providers/secrets/profileSecrets.ts';
import { type ApiKeyProblem, findApiKeyProblem, normalizeApiKey } from '../common/apiKey.ts';
import type { ConnectionState } from './connectionState.ts';
import type { KeyStore } from './keyStore.ts';
import { unusualKeyText } from './keyTexts.ts';
import type { Models } from './models.ts';
import { readModelSetting } from './settings.ts';

export interface AskForSecretsDependencies {
  keys: Pick<KeyStore, 'store'>;
  connectionState: Pick<ConnectionState, 'setDemo'>;
}

/** Asks for each secret the profile needs and stores them together. `false`: the user cancelled, nothing changed. */
export async function askForSecrets(
  { keys, connectionState }: AskForSecretsDependencies,
  profile: ConnectionProfile,
): Promise<boolean> {
  const names = takesOptionalKey(profile) ? (['apiKey'] as const) : requiredSecrets(profile);
  const secrets: Secrets = {};
  for (const [index, name] of names.entries()) {
    const pasted = await askForSecret(profile, name, `${index + 1}/${names.length}`);
    if (pasted === undefined) return false;
    secrets[name] = normalizeApiKey(pasted);
  }
  if (names.length > 0) await keys.store(profile.id, secrets);
  await connectionState.setDemo(false);
  return true;
}

function askForSecret(
  profile: ConnectionProfile,
  name: SecretName,
  step: string,
): Thenable<string | undefined> {
  const labels: Record<SecretName, string> = {
    apiKey: l10n.t('API key'),
    secretKey: l10n.t('secret key'),
    accessKey: l10n.t('access key'),
    accessToken: l10n.t('access token'),
  };
  const { console, key } = findProvider(profile.provider);
  const kept = l10n.t('Kept in VS Code’s secret storage, sent to {0} only.', profile.name);
  const optional = takesOptionalKey(profile);
  const prefix = name === 'apiKey' ? key?.prefix : undefined;
  return showInputBox({
    title:
      step === '1/1'
        ? `Qiao: ${profile.name}, ${labels[name]}`
        : `Qiao: ${profile.name}, ${labels[name]} (${step})`,
    prompt: [
      kept,
      console && l10n.t('Get one at {0}', console),
      optional && l10n.t('Leave it empty if none is needed.'),
    ]
      .filter(Boolean)
      .join(' '),
    placeHolder: key?.example ?? '',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const problem = findApiKeyProblem(normalizeApiKey(text), prefix);
      return optional && problem === 'empty' ? undefined : explainProblem(problem, prefix);
    },
  });
}

function explainProblem(
  problem: ApiKeyProblem | undefined,
  prefix = '',
): string | vscode.InputBoxValidationMessage | undefined {
  switch (problem) {
    case undefined:
      return undefined;
    case 'empty':
      return l10n.t('Paste the key; Escape leaves it as it is.');
    case 'characters':
      return l10n.t('This is no key: it has spaces, line breaks or characters no key has.');
    case 'short':
      return l10n.t('This is too short for a key.');
    case 'long':
      return l10n.t('This is too long for a key.');
    case 'prefix':
      return {
        message: sentences(unusualKeyText(prefix), l10n.t('Enter stores it all the same.')),
        severity: vscode.InputBoxValidationSeverity.Warning,
      };
  }
}

export interface RemoveApiKeyDependencies {
  keys: Pick<KeyStore, 'get' | 'hasStored' | 'remove'>;
  models: Pick<Models, 'profileOf'>;
}

/** Removes the key of the chosen model's connection after a confirmation. */
export async function removeApiKey({ keys, models }: RemoveApiKeyDependencies): Promise<void> {
  const profile = models.profileOf(readModelSetting());
  if (!(await keys.hasStored(profile.id))) {
    void showInformationMessage(l10n.t('No key is stored for {0}.', profile.name));
    return;
  }
  const remove = l10n.t('Remove');
  const question = l10n.t('Remove the key of {0} from this machine?', profile.name);
  if ((await showWarningMessage(question, { modal: true }, remove)) !== remove) return;
  await keys.remove(profile.id);
  const rest = hasSecrets(profile, await keys.get(profile)) && requiredSecrets(profile).length > 0;
  void showInformationMessage(
    rest
      ? l10n.t('The key is removed. The one of the environment is used now.')
      : l10n.t('The key is removed.'),
  );
}
