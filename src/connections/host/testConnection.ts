/** Command Test Connection: sends a small request and shows the result. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { toAbortSignal } from '../../base/host/abortSignal.ts';
import {
  showErrorMessage,
  showInformationMessage,
  showWarningMessage,
  withProgress,
} from '../../base/host/window/messages.ts';
import { collectAnswer, type TurnOutcome } from '../../chat/common/collectAnswer.ts';
import { toErrorCard } from '../../errors/host/errorCard.ts';
import type { ChatError } from '../../llm/chatError.ts';
import type { ChatModel } from '../../llm/chatModel.ts';
import type { ConnectionProfile } from '../../providers/common/connectionProfile.ts';
import { dashScopeHosts, isDashScopeRegion } from '../../providers/dashscope/dashscopeRegions.ts';
import { findProvider } from '../../providers/registry.ts';
import type { ConnectionState } from './connectionState.ts';
import { addressOf, toConnection, writeProfile } from './connections.ts';
import { type AskForSecretsDependencies, askForSecrets } from './keyCommands.ts';
import type { KeyStore } from './keyStore.ts';
import type { Models } from './models.ts';
import type { PlainHttpConsent } from './plainHttp.ts';
import { readModelSetting } from './settings.ts';

export interface TestConnectionDependencies extends AskForSecretsDependencies {
  keys: Pick<KeyStore, 'get' | 'store'>;
  connectionState: Pick<ConnectionState, 'current' | 'setDemo'>;
  models: Pick<Models, 'describe' | 'normalize' | 'open' | 'profileOf'>;
  plainHttp: Pick<PlainHttpConsent, 'ask' | 'askAbout'>;
  log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
}

/** Tests the chosen model, or the demo if it is on; with `given`, always that model. */
export async function testConnection(
  dependencies: TestConnectionDependencies,
  given?: string,
): Promise<void> {
  const { models, connectionState, log } = dependencies;
  const ref = given ?? models.normalize(readModelSetting());
  if (!(await mayBeAsked(dependencies, ref, given))) return;
  const { name } = models.describe(ref);
  const { outcome, firstMs } = await withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('Asking {0}…', name), cancellable: true },
    (_progress, token) => probe(token, models.open(ref, { ignoreDemo: given !== undefined })),
  );
  if (outcome.status === 'stopped') return;
  if (outcome.status === 'done') {
    const demo = given === undefined && (await connectionState.current()) === 'demo';
    const text = demo
      ? l10n.t('The demo answers ({0} ms). No platform was asked.', firstMs)
      : l10n.t('The connection works: {0} answered after {1} ms.', name, firstMs);
    log.info(`Test Connection: ${ref} answered after ${firstMs} ms`);
    void showInformationMessage(text);
    return;
  }
  const { error } = outcome;
  log.error(
    `Test Connection: ${ref}: ${error.message} (${error.kind} ${error.status ?? ''} ${error.code ?? ''})`,
  );
  const card = toErrorCard(error);
  const facts = [card.detail, card.code, card.requestId].filter(Boolean).join(' · ');
  const regions = isRefusedKey(error.code) && hasOtherRegions(models.profileOf(ref));
  const tryRegions = l10n.t('Try the Other Regions');
  const setKey = l10n.t('Set API Key');
  const settings = l10n.t('Open Settings');
  const diagnose = l10n.t('Diagnose');
  const text = `${card.title}. ${card.advice}${facts ? ` (${facts})` : ''}`;
  const choice = await showErrorMessage(text, ...(regions ? [tryRegions] : []), setKey, diagnose, settings);
  if (choice === tryRegions) await findRegion(dependencies, ref);
  if (choice === setKey) await askForSecrets(dependencies, models.profileOf(ref));
  if (choice === diagnose) await vscode.commands.executeCommand('qiao.diagnose');
  if (choice === settings) await vscode.commands.executeCommand('qiao.openSettings');
}

/** Asks about an address without encryption, also after a denial. */
async function mayBeAsked(
  { models, keys, connectionState, plainHttp }: TestConnectionDependencies,
  ref: string,
  given: string | undefined,
): Promise<boolean> {
  if (given === undefined && (await connectionState.current()) === 'demo') return true;
  const profile = models.profileOf(ref);
  const hasKey = Object.values(await keys.get(profile)).some(Boolean);
  return !hasKey || plainHttp.askAbout(addressOf(profile));
}

/** A key belongs to one region, but only the public addresses are interchangeable. */
function hasOtherRegions({ provider, baseUrl }: ConnectionProfile): boolean {
  return findProvider(provider).asks === 'region' && !baseUrl;
}

/** Tries the key at the platform's other public addresses; call only if the user agreed. */
async function findRegion(
  { models, keys, plainHttp, log }: TestConnectionDependencies,
  ref: string,
): Promise<void> {
  const profile = models.profileOf(ref);
  const secrets = await keys.get(profile);
  const { createChatModel } = await import('../../providers/index.ts');
  const regions = Object.keys(dashScopeHosts).filter((region) => region !== (profile.region ?? 'beijing'));
  const found = await withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t('Trying the other regions…'),
      cancellable: true,
    },
    async (_progress, token) => {
      for (const region of regions) {
        const connection = {
          ...toConnection({ ...profile, region }, secrets, { allowPlainHttp: plainHttp.ask }),
          retry: undefined,
        };
        const { outcome } = await probe(token, createChatModel(connection, models.describe(ref).id));
        log.info(
          `Test Connection: ${region}: ${outcome.status === 'failed' ? outcome.error.kind : outcome.status}`,
        );
        if (token.isCancellationRequested) return 'cancelled';
        if (outcome.status === 'done' || (outcome.status === 'failed' && acceptsKey(outcome.error)))
          return region;
      }
      return undefined;
    },
  );
  if (found === 'cancelled') return;
  if (found === undefined || !isDashScopeRegion(found)) {
    void showWarningMessage(l10n.t('No public region accepts this key.'));
    return;
  }
  const change = l10n.t('Switch');
  const text = l10n.t('The key belongs to the region “{0}”. Switch to it?', found);
  if ((await showInformationMessage(text, change)) !== change) return;
  await writeProfile({ ...profile, region: found });
  const done = l10n.t('Questions go to the region “{0}” from now on.', found);
  void showInformationMessage(done);
}

/** True for the codes of an unknown key; a key without permission is known. */
function isRefusedKey(code: string | undefined): boolean {
  return code === 'InvalidApiKey' || code === 'invalid_api_key';
}

/** The platform answered, and not that the key is unknown. */
function acceptsKey({ kind, code, status }: ChatError): boolean {
  const answered = status !== undefined && kind !== 'protocol' && kind !== 'unavailable';
  return answered && !isRefusedKey(code);
}

/** `firstMs`: time until the first part of the answer. */
async function probe(
  token: vscode.CancellationToken,
  model: ChatModel | Promise<ChatModel>,
): Promise<{ outcome: TurnOutcome; firstMs: number }> {
  const start = Date.now();
  let firstMs: number | undefined;
  const onPart = (): void => {
    firstMs ??= Date.now() - start;
  };
  const outcome = await collectAnswer(
    model,
    { question: { question: 'Hi', attachments: [], model: '', parameters: { maxOutputTokens: 1 } } },
    { signal: toAbortSignal(token), onPart },
  );
  return { outcome, firstMs: firstMs ?? Date.now() - start };
}
