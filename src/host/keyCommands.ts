/** Setting and removing the API key. */

import * as vscode from 'vscode';
import { type ApiKeyProblem, findApiKeyProblem, normalizeApiKey } from '../core/apiKey.ts';
import type { AppParts } from './app.ts';
import { testConnection } from './testConnection.ts';

const consoleUrl = 'https://bailian.console.aliyun.com/?tab=model#/api-key';

export async function setApiKey(parts: AppParts): Promise<void> {
  const { t } = vscode.l10n;
  const pasted = await vscode.window.showInputBox({
    title: t('Qiao: DashScope API Key'),
    prompt: t('Kept in VS Code’s secret storage, sent to DashScope only. Get one at {0}', consoleUrl),
    placeHolder: 'sk-…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => explainProblem(findApiKeyProblem(normalizeApiKey(text))),
  });
  if (pasted === undefined) return;
  await parts.keys.store(normalizeApiKey(pasted));
  await parts.connectionState.setDemo(false);
  const test = t('Test Connection');
  if ((await vscode.window.showInformationMessage(t('The API key is stored.'), test)) === test)
    await testConnection(parts);
}

function explainProblem(
  problem: ApiKeyProblem | undefined,
): string | vscode.InputBoxValidationMessage | undefined {
  const { t } = vscode.l10n;
  switch (problem) {
    case undefined:
      return undefined;
    case 'empty':
      return t('Paste the key; Escape leaves it as it is.');
    case 'characters':
      return t('This is no key: it has spaces, line breaks or characters no key has.');
    case 'short':
      return t('This is too short for a key.');
    case 'prefix':
      return {
        message: t('DashScope’s keys start with “sk-”. Enter stores it all the same.'),
        severity: vscode.InputBoxValidationSeverity.Warning,
      };
  }
}

export async function removeApiKey({ keys }: AppParts): Promise<void> {
  const { t } = vscode.l10n;
  const remove = t('Remove');
  const answer = await vscode.window.showWarningMessage(
    t('Remove the DashScope API key from this machine?'),
    { modal: true },
    remove,
  );
  if (answer !== remove) return;
  await keys.remove();
  const rest = await keys.get();
  void vscode.window.showInformationMessage(
    rest ? t('The key is removed. The one in DASHSCOPE_API_KEY is used now.') : t('The key is removed.'),
  );
}
