/** Setting and removing the API key. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type ApiKeyProblem, findApiKeyProblem, normalizeApiKey } from '../core/apiKey.ts';
import type { AppParts } from './app.ts';
import { testConnection } from './testConnection.ts';

const consoleUrl = 'https://bailian.console.aliyun.com/?tab=model#/api-key';

export async function setApiKey(parts: AppParts): Promise<void> {
  const pasted = await vscode.window.showInputBox({
    title: l10n.t('Qiao: DashScope API Key'),
    prompt: l10n.t('Kept in VS Code’s secret storage, sent to DashScope only. Get one at {0}', consoleUrl),
    placeHolder: 'sk-…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => explainProblem(findApiKeyProblem(normalizeApiKey(text))),
  });
  if (pasted === undefined) return;
  await parts.keys.store(normalizeApiKey(pasted));
  await parts.connectionState.setDemo(false);
  const test = l10n.t('Test Connection');
  if ((await vscode.window.showInformationMessage(l10n.t('The API key is stored.'), test)) === test)
    await testConnection(parts);
}

function explainProblem(
  problem: ApiKeyProblem | undefined,
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
    case 'prefix':
      return {
        message: l10n.t('DashScope’s keys start with “sk-”. Enter stores it all the same.'),
        severity: vscode.InputBoxValidationSeverity.Warning,
      };
  }
}

export async function removeApiKey({ keys }: AppParts): Promise<void> {
  const remove = l10n.t('Remove');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Remove the DashScope API key from this machine?'),
    { modal: true },
    remove,
  );
  if (answer !== remove) return;
  await keys.remove();
  const rest = await keys.get();
  void vscode.window.showInformationMessage(
    rest
      ? l10n.t('The key is removed. The one in DASHSCOPE_API_KEY is used now.')
      : l10n.t('The key is removed.'),
  );
}
