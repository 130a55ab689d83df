/** Slash commands that are asked at once, about something a person pointed at in the workbench. */

import type { AppParts } from '../../app.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { submitQuestion } from '../../chat/host/ask.ts';

/** Asks in the panel, with what is attached and nothing else. Throws like the command's own prompt. */
export async function askCommand(
  parts: AppParts,
  name: 'explain' | 'tests' | 'doc',
  attachments: readonly Attachment[],
): Promise<void> {
  const question = `/${name}`;
  const command = parts.commands.parse(question)?.command;
  if (command?.kind !== 'ask') throw new Error(`There is no command ${question}.`);
  if (!(await parts.confirmSend(attachments))) return;
  const prompt = await command.prompt('', attachments);
  if (prompt !== undefined) await submitQuestion(parts, { question, prompt, attachments });
}
