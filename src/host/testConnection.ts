/** Sends one small request and says in a sentence how it went. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { runTurn, type TurnOutcome } from '../core/turn.ts';
import type { AppParts } from './app.ts';
import { toErrorCard } from './errorCard.ts';
import { readModelSetting } from './settings.ts';

export async function testConnection(parts: AppParts): Promise<void> {
  const { models, connectionState, log } = parts;
  const ref = models.normalize(readModelSetting());
  const { name } = models.describe(ref);
  const { outcome, firstMs } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('Asking {0}…', name), cancellable: true },
    (_progress, token) => probe(parts, ref, token),
  );
  if (outcome.status === 'stopped') return;
  if (outcome.status === 'done') {
    const demo = (await connectionState.current()) === 'demo';
    const text = demo
      ? l10n.t('The demo answers ({0} ms). No platform was asked.', firstMs)
      : l10n.t('The connection works: {0} answered after {1} ms.', name, firstMs);
    log.info(`Test Connection: ${ref} answered after ${firstMs} ms`);
    void vscode.window.showInformationMessage(text);
    return;
  }
  const { error } = outcome;
  log.error(
    `Test Connection: ${ref}: ${error.message} (${error.kind} ${error.status ?? ''} ${error.code ?? ''})`,
  );
  const card = toErrorCard(error);
  const facts = [card.detail, card.code, card.requestId].filter(Boolean).join(' · ');
  const setKey = l10n.t('Set API Key');
  const settings = l10n.t('Open Settings');
  const text = `${card.title}. ${card.advice}${facts ? ` (${facts})` : ''}`;
  const choice = await vscode.window.showErrorMessage(text, setKey, settings);
  if (choice === setKey) await vscode.commands.executeCommand('qiao.setApiKey');
  if (choice === settings) await vscode.commands.executeCommand('qiao.openSettings');
}

/** `firstMs`: from the request to the first part of the answer, in milliseconds. */
async function probe(
  { models }: AppParts,
  ref: string,
  token: vscode.CancellationToken,
): Promise<{ outcome: TurnOutcome; firstMs: number }> {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  const start = Date.now();
  let firstMs: number | undefined;
  const outcome = await runTurn({
    openModel: () => models.open(ref),
    history: [],
    question: { question: 'Hi', attachments: [] },
    systemPrompt: '',
    parameters: { maxOutputTokens: 1 },
    signal: controller.signal,
    onPart: () => {
      firstMs ??= Date.now() - start;
    },
  });
  return { outcome, firstMs: firstMs ?? Date.now() - start };
}
