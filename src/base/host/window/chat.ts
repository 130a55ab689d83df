/** What Qiao says in VS Code's own chat, behind the gate: answers are Markdown without rights, all else is text. */

import type * as vscode from 'vscode';
import { markdownText, plainLine } from '../../common/plainText.ts';
import { createMarkdown } from './markdown.ts';

/** The part of VS Code's stream that is in use. */
export interface ChatStream {
  /** Markdown of a model, or a piece of it. */
  answer(markdown: string): void;
  /** A sentence of Qiao's, with whatever names are in it. */
  tell(text: string): void;
  progress(text: string): void;
  reference(uri: vscode.Uri): void;
  button(command: vscode.Command): void;
}

/** Of a string VS Code makes Markdown without rights: no command, no HTML, no icon; and its chat loads no picture. */
export function createChatStream(stream: vscode.ChatResponseStream): ChatStream {
  return {
    answer: (markdown) => void stream.markdown(markdown),
    tell: (text) => void stream.markdown(plainLine(text)),
    progress: (text) => void stream.progress(plainLine(text)),
    reference: (uri) => void stream.reference(uri),
    button: (command) => void stream.button({ ...command, title: plainLine(command.title) }),
  };
}

/** VS Code shows the message as Markdown in its chat, and with icons in the editor. */
export function chatFailure(message: string): vscode.ChatResult {
  return { errorDetails: { message: plainLine(message) } };
}

/** An error for VS Code's chat and for other extensions, which show its message, and its stack unless that is empty. */
export function plainError(message: string): Error {
  const error = new Error(plainLine(message));
  error.stack = '';
  return error;
}

/** What the user is asked before the tool runs; `question` is shown whole, below the `lead`. */
export function toolQuestion(
  title: string,
  { lead, question, running }: { lead: string; question: string; running: string },
): vscode.PreparedToolInvocation {
  return {
    invocationMessage: plainLine(running),
    confirmationMessages: {
      title: plainLine(title),
      message: createMarkdown(`${markdownText(lead)}\n\n${markdownText(question)}`),
    },
  };
}
