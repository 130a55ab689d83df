/** Wraps VS Code's chat API: answers are untrusted Markdown, everything else is plain text. */

import type * as vscode from 'vscode';
import { markdownText, plainLine } from '../../common/plainText.ts';
import { createMarkdown } from './markdown.ts';

/** The part of VS Code's stream that Qiao uses. */
export interface ChatStream {
  /** Appends Markdown of a model. */
  answer(markdown: string): void;
  /** Appends a sentence of Qiao's as plain text. */
  tell(text: string): void;
  progress(text: string): void;
  reference(uri: vscode.Uri): void;
  button(command: vscode.Command): void;
}

/** VS Code turns strings into untrusted Markdown without commands, HTML and icons; its chat loads no images. */
export function createChatStream(stream: vscode.ChatResponseStream): ChatStream {
  return {
    answer: (markdown) => void stream.markdown(markdown),
    tell: (text) => void stream.markdown(plainLine(text)),
    progress: (text) => void stream.progress(plainLine(text)),
    reference: (uri) => void stream.reference(uri),
    button: (command) => void stream.button({ ...command, title: plainLine(command.title) }),
  };
}

/** A result with an error message, escaped because VS Code renders it as Markdown with icons. */
export function chatFailure(message: string): vscode.ChatResult {
  return { errorDetails: { message: plainLine(message) } };
}

/** An error for VS Code's chat and other extensions. Its stack is empty, since they would show it. */
export function plainError(message: string): Error {
  const error = new Error(plainLine(message));
  error.stack = '';
  return error;
}

/** The confirmation before a tool runs; shows the whole `question` below the `lead`. */
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
