/** Command that sets up VS Code's chat for Qiao's models without a sign-in. */

import { once } from 'node:events';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { showInformationMessage, showWarningMessage, withProgress } from '../../base/host/window/messages.ts';

const manageCommand = 'workbench.action.chat.manage';
const chatExtensionId = 'GitHub.copilot-chat';
const startLimitMs = 30_000;
const utilitySetting = { section: 'chat', name: 'byokUtilityModelDefault', value: 'mainAgent' } as const;

/** Explains each step and changes only what the user agrees to. */
export async function enableVscodeChat(): Promise<void> {
  const known = await vscode.commands.getCommands(true);
  if (typeof vscode.lm?.registerLanguageModelChatProvider !== 'function' || !known.includes(manageCommand)) {
    void showWarningMessage(
      l10n.t(
        'This editor has no chat of its own, or its AI features are switched off (chat.disableAIFeatures).',
      ),
    );
    return;
  }
  const enable = l10n.t('Enable');
  const choice = await showInformationMessage(
    l10n.t('Use Qiao’s models in VS Code’s own chat?'),
    {
      modal: true,
      detail: l10n.t(
        'This opens VS Code’s list of language models, which also switches on VS Code’s built-in chat extension by Microsoft and GitHub. Afterwards you can choose a Qiao model in VS Code’s chat, inline chat and agent mode; their requests go to the model’s platform, with your key. You need not sign in. Qiao’s own panel stays as it is.',
      ),
    },
    enable,
  );
  if (choice !== enable) return;
  // Before the list opens: it would cover the question.
  await offerUtilityModel();
  await vscode.commands.executeCommand(manageCommand);
  await withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('VS Code’s chat is starting…') },
    whenChatStarted,
  );
}

/** Messages sent earlier would ask for a sign-in. Waits at most `startLimitMs`. */
async function whenChatStarted(): Promise<void> {
  const deadline = AbortSignal.timeout(startLimitMs);
  const find = () => vscode.extensions.getExtension(chatExtensionId);
  await new Promise<void>((resolve) => {
    const check = () => {
      if (!find()) return;
      listener.dispose();
      resolve();
    };
    const listener = vscode.extensions.onDidChange(check);
    deadline.addEventListener('abort', () => {
      listener.dispose();
      resolve();
    });
    check();
  });
  await Promise.race([find()?.activate(), once(deadline, 'abort')]).catch(() => {});
}

/** Asks whether VS Code may use the model for chat titles and commit messages, which cost extra requests. */
async function offerUtilityModel(): Promise<void> {
  const settings = vscode.workspace.getConfiguration(utilitySetting.section);
  const inspected = settings.inspect(utilitySetting.name);
  const isKnown = inspected?.defaultValue !== undefined;
  if (!isKnown || settings.get(utilitySetting.name) === utilitySetting.value) return;
  const set: vscode.MessageItem = { title: l10n.t('Use It for These Too') };
  const choice = await showInformationMessage(
    l10n.t('Use the model for chat titles and commit messages too?'),
    {
      modal: true,
      detail: l10n.t(
        'VS Code’s chat can write them with the model you choose there. Each costs a further request. This sets chat.byokUtilityModelDefault to mainAgent.',
      ),
    },
    set,
    { title: l10n.t('No'), isCloseAffordance: true },
  );
  if (choice === set)
    await settings.update(utilitySetting.name, utilitySetting.value, vscode.ConfigurationTarget.Global);
}
