/** Slash commands that are asked at once, about something a person pointed at in the workbench. */

import type { Attachment } from '../../chat/common/conversation.ts';
import { type AskDependencies, submitQuestion } from '../../chat/host/ask.ts';
import type { ConfirmSend } from '../../context/host/confirmSend.ts';
import type { SlashCommands } from '../../prompts/host/slashCommand.ts';

export interface AskCommandDependencies extends AskDependencies {
  commands: Pick<SlashCommands, 'parse'>;
  confirmSend: ConfirmSend;
}

/** Asks in the panel, with what is attached and nothing else. Throws like the command's own prompt. */
export async function askCommand(
  dependencies: AskCommandDependencies,
  name: 'explain' | 'tests' | 'doc',
  attachments: readonly Attachment[],
): Promise<void> {
  const question = `/${name}`;
  const command = dependencies.commands.parse(question)?.command;
  if (command?.kind !== 'ask') throw new Error(`There is no command ${question}.`);
  if (!(await dependencies.confirmSend(attachments))) return;
  const prompt = await command.prompt('', attachments);
  if (prompt !== undefined) await submitQuestion(dependencies, { question, prompt, attachments });
}
