/** Explains the terminal's last command, and attaches the terminal's selection. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { attachAndShow } from '../../context/host/attach.ts';
import type { ContextSources } from '../../context/host/contextSources.ts';
import { type AskCommandDependencies, askCommand } from './codeQuestions.ts';
import type { ExitCodes } from './exitCodes.ts';

export interface TerminalQuestionDependencies extends AskCommandDependencies {
  sources: Pick<ContextSources, 'resolve'>;
  exitCodes: Pick<ExitCodes, 'of'>;
}

/** Explains the last command with its exit code and output, else the selection. Throws when there is neither. */
export async function explainTerminal(dependencies: TerminalQuestionDependencies): Promise<void> {
  const { sources, exitCodes } = dependencies;
  const terminal = vscode.window.activeTerminal;
  if (!terminal) throw new UserError(l10n.t('No terminal is open.'));
  const command = await unlessUnknown(sources.resolve('terminal-command'));
  const attachments = command
    ? withExitCode(command, exitCodes.of(terminal))
    : await unlessUnknown(sources.resolve('terminal-selection'));
  if (!attachments)
    throw new UserError(
      l10n.t(
        'The terminal does not know its last command: its shell integration is off. Select the text instead.',
      ),
    );
  await askCommand(dependencies, 'explain', attachments);
}

export async function attachTerminalSelection(
  dependencies: Pick<TerminalQuestionDependencies, 'sources' | 'views'>,
): Promise<void> {
  if (!vscode.window.activeTerminal) throw new UserError(l10n.t('No terminal is open.'));
  await attachAndShow(dependencies, await dependencies.sources.resolve('terminal-selection'));
}

function withExitCode(attachments: readonly Attachment[], code: number | undefined): readonly Attachment[] {
  if (code === undefined) return attachments;
  return attachments.map((one) => ({ ...one, text: `${one.text}\n[Exit code: ${code}]` }));
}

async function unlessUnknown(
  reading: Promise<readonly Attachment[]>,
): Promise<readonly Attachment[] | undefined> {
  return reading.catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
}
