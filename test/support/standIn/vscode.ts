/** Stands in for the module `vscode` in unit tests: what checks and texts of the host use, in either language. */

import { readFileSync } from 'node:fs';
import path from 'node:path';

type Language = 'en' | 'zh-cn';

let language: Language = 'en';
const bundle: Record<string, string> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../../l10n/bundle.l10n.zh-cn.json'), 'utf8'),
);

/** In which language texts are from now on. */
export function speak(next: Language): void {
  language = next;
}

export const l10n = {
  /** A text without a translation stays English, as in VS Code. */
  t: (text: string, ...values: readonly (string | number)[]): string =>
    ((language === 'zh-cn' && bundle[text]) || text).replace(/\{(\d+)\}/g, (_, index) =>
      String(values[Number(index)]),
    ),
};

/** Every setting has its default. */
export const workspace = {
  getConfiguration: () => ({ get: (_name: string, fallback?: unknown) => fallback }),
};

/** Tests put into it what stands in for VS Code's windows. Warnings get no answer until a test gives one. */
export const window: Record<string, unknown> = { showWarningMessage: async () => undefined };

/** What was executed, with its arguments. */
export const commands = {
  executed: [] as unknown[][],
  executeCommand: async (...call: unknown[]): Promise<void> => void commands.executed.push(call),
};

export class MarkdownString {
  value: string;
  constructor(value = '') {
    this.value = value;
  }
}

export class CodeLens {
  range: unknown;
  command: unknown;
  constructor(range: unknown, command: unknown) {
    this.range = range;
    this.command = command;
  }
}

export class CodeAction {
  title: string;
  kind: unknown;
  constructor(title: string, kind: unknown) {
    this.title = title;
    this.kind = kind;
  }
}

export class Diagnostic {
  range: unknown;
  message: string;
  severity: unknown;
  constructor(range: unknown, message: string, severity: unknown) {
    this.range = range;
    this.message = message;
    this.severity = severity;
  }
}

export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 };

export const CommentMode = { Preview: 1 };

export const comments = {
  createCommentController: (id: string, label: string): object => ({ id, label }),
};

/** Addresses are their own texts. */
export const Uri = { joinPath: (...parts: unknown[]): string => parts.join('/') };

export class CancellationError extends Error {}
