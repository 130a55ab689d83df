/** Builds the prompt of an edit within the model's token budget. */

import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { l10n } from 'vscode';
import { pathOf } from '../../base/host/paths.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { estimateTokens } from '../../llm/tokens.ts';

/** The lines of the document that are sent. */
export interface Shown {
  /** The lines to rewrite, and the context before and after them; without line ends. */
  old: string[];
  before: string[];
  after: string[];
}

/** Maximum context in tokens; more makes answers slower, not better. */
const mostAround = 3000;

/** The lines to send, at most `budget` tokens; `undefined` if the lines to rewrite alone exceed it. */
export function showLines(
  document: vscode.TextDocument,
  { first, count }: { first: number; count: number },
  budget: number,
): Shown | undefined {
  const line = (index: number): string => document.lineAt(index).text;
  const old = Array.from({ length: count }, (_, index) => line(first + index));
  let left = budget - estimateTokens(old.join('\n')) - instructionTokens;
  if (left < 0) return undefined;
  left = Math.min(left, mostAround);
  const before: string[] = [];
  const after: string[] = [];
  for (let distance = 1; left > 0; distance++) {
    const [above, below] = [first - distance, first + count - 1 + distance];
    if (above < 0 && below >= document.lineCount) break;
    if (above >= 0) {
      left -= estimateTokens(`${line(above)}\n`);
      if (left > 0) before.unshift(line(above));
    }
    if (below < document.lineCount && left > 0) {
      left -= estimateTokens(`${line(below)}\n`);
      if (left > 0) after.push(line(below));
    }
  }
  return { old, before, after };
}

/** What to ask for an edit. */
export interface EditQuestion {
  document: vscode.TextDocument;
  /** First line to rewrite, 0-based. */
  first: number;
  shown: Shown;
  instruction: string;
}

/** The question, with the context and the lines to rewrite as separate attachments. */
export function editQuestion({ document, first, shown, instruction }: EditQuestion): {
  question: string;
  attachments: Attachment[];
} {
  const { old, before, after } = shown;
  const piece = (start: number, lines: readonly string[], kind: Attachment['kind']): Attachment => ({
    id: randomUUID(),
    kind,
    path: pathOf(document.uri),
    uri: document.uri.toString(),
    languageId: document.languageId,
    startLine: start + 1,
    endLine: start + lines.length,
    text: lines.join('\n'),
  });
  const around = [
    ...(before.some((line) => line.trim() !== '') ? [piece(first - before.length, before, 'visible')] : []),
    ...(after.some((line) => line.trim() !== '') ? [piece(first + old.length, after, 'visible')] : []),
  ];
  const isEmpty = old.every((line) => line.trim() === '');
  const task = isEmpty
    ? l10n.t(
        'Write the code that goes in line {0} of {1}, between what is shown. Return only the new lines.',
        first + 1,
        pathOf(document.uri),
      )
    : l10n.t(
        'Rewrite lines {0}–{1} of {2}, the last block above. Return only what takes the place of these lines, all of them, and nothing of the code around.',
        first + 1,
        first + old.length,
        pathOf(document.uri),
      );
  return {
    question: `${task}\n\n${l10n.t('What to do: {0}', instruction)}`,
    attachments: isEmpty ? around : [...around, piece(first, old, 'selection')],
  };
}

export function editSystemPrompt(): string {
  return l10n.t(
    'You edit code. Answer with one fenced code block that holds the new code and nothing else: no explanation, no placeholders for code you leave out. Keep the indentation, the style and the language of the comments. Change only what the task asks for.',
  );
}

const instructionTokens = 300;
