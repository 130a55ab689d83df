/** Exports the active branch of a conversation as a Markdown document. */

import { fenceFor } from '../../base/common/fence.ts';
import type { AnswerPart, ToolPart } from '../../llm/answerParts.ts';
import { type Answer, type Attachment, activeTurns, type Conversation } from './conversation.ts';

/** Words and names in the user's language. */
export interface MarkdownWords {
  title: string;
  question: string;
  /** Heading of an answer. */
  answer(model: string): string;
  /** A moment, in milliseconds since the epoch. */
  time(at: number): string;
  attachment(attachment: Attachment): string;
  /** Label of a call's arguments, or of its result. */
  tool(part: ToolPart): string;
  /** Says why an answer did not finish; empty for one that did. */
  ending(answer: Answer): string;
}

export function exportMarkdown(conversation: Conversation, words: MarkdownWords): string {
  const turns = activeTurns(conversation).flatMap((turn) => [
    `## ${words.question} · ${words.time(turn.askedAt)}`,
    turn.question.trim(),
    ...turn.attachments.flatMap((attachment) => [
      `**${words.attachment(attachment)}**`,
      fenced(attachment.text, attachment.languageId),
    ]),
    `### ${words.answer(turn.model)}`,
    ...turn.answer.parts.flatMap((part) => partLines(part, words)),
    asNote(words.ending(turn.answer)),
  ]);
  const parts = [`# ${words.title.replace(/\s+/g, ' ')}`, ...turns];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Leaves out reasoning. */
function partLines(part: AnswerPart, words: MarkdownWords): string[] {
  switch (part.type) {
    case 'text':
      return [part.text.trim()];
    case 'reasoning':
      return [];
    case 'tool-call':
      return [`**${words.tool(part)}**`, fenced(part.arguments, 'json')];
    case 'tool-result':
      return [`**${words.tool(part)}**`, fenced(part.text, '')];
  }
}

function fenced(code: string, languageId: string): string {
  const fence = fenceFor(code);
  return `${fence}${languageId.replace(/[^\w+#.-]/g, '')}\n${code.replace(/\r?\n$/, '')}\n${fence}`;
}

function asNote(sentence: string): string {
  return sentence === '' ? '' : `> ${sentence.replace(/\s+/g, ' ')}`;
}
