/** What is wrong with the prompts of the library, shown in their editors and in the list of problems. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { createDiagnostic } from '../window/surfaces.ts';
import { type PromptProblem, parsePromptFile } from './promptFile.ts';
import type { LibraryEntry, PromptLibrary } from './promptLibrary.ts';

export interface PromptDiagnosticsOptions {
  /** Stays the caller's. */
  library: PromptLibrary;
  builtInNames: readonly string[];
  connectionIds(): readonly string[];
}

export function createPromptDiagnostics(options: PromptDiagnosticsOptions): vscode.Disposable {
  const { library } = options;
  const collection = vscode.languages.createDiagnosticCollection('qiao-prompts');
  const show = ({ uri, fileName, duplicate }: LibraryEntry, text: string): void => {
    const { file, problems } = parsePromptFile(text, fileName);
    const whole = (message: string): vscode.Diagnostic =>
      createDiagnostic(new vscode.Range(0, 0, 0, 1), message, vscode.DiagnosticSeverity.Warning);
    const found = problems.map((problem) => createDiagnostic(rangeIn(text, problem), messageOf(problem)));
    if (file && options.builtInNames.includes(file.name))
      found.push(whole(l10n.t('“/{0}” is a command of Qiao; this prompt is not offered.', file.name)));
    else if (duplicate)
      found.push(whole(l10n.t('Another prompt has this name and comes first; this one is not offered.')));
    const head = file?.model?.includes('/') ? file.model.split('/')[0] : undefined;
    if (head !== undefined && !options.connectionIds().includes(head))
      found.push(whole(l10n.t('There is no connection “{0}”; the default one is asked.', head)));
    collection.set(uri, found);
  };
  const showAll = (): void => {
    collection.clear();
    for (const entry of library.entries) show(entry, openText(entry.uri) ?? entry.text);
  };
  const typed = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    const entry = library.entries.find(({ uri }) => uri.toString() === document.uri.toString());
    if (entry) show(entry, document.getText());
  });
  return vscode.Disposable.from(collection, library.onDidChange(showAll), typed);
}

function openText(uri: vscode.Uri): string | undefined {
  return vscode.workspace.textDocuments.find((known) => known.uri.toString() === uri.toString())?.getText();
}

/** Counts as VS Code does: line breaks are LF, CRLF or CR, and a mark at the start is no part of the text. */
function rangeIn(text: string, { start, end }: PromptProblem): vscode.Range {
  const positionAt = (offset: number): vscode.Position => {
    const lines = text
      .slice(0, offset)
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\r|\n/);
    return new vscode.Position(lines.length - 1, lines.at(-1)?.length ?? 0);
  };
  return new vscode.Range(positionAt(start), positionAt(end));
}

function messageOf({ kind, what, known = [] }: PromptProblem): string {
  switch (kind) {
    case 'unknown-variable':
      return l10n.t(
        'There is no variable “{0}”. Known: selection, file, language, input:…; write $$ for a plain $ ahead of a brace.',
        what,
      );
    case 'open-variable':
      return l10n.t('The closing brace is missing.');
    case 'empty-input':
      return l10n.t('Say what is asked for, e.g. input:Language.');
    case 'yaml':
      return l10n.t('The front matter can’t be read: {0}', what);
    case 'unknown-key':
      return l10n.t('There is no key “{0}”. Known: name, description, model, parameters, context.', what);
    case 'unknown-value':
      return l10n.t('There is no “{0}” to choose. Known: {1}.', what, known.join(', '));
    case 'wrong-type':
      return l10n.t('“{0}” does not have a value that is allowed here.', what);
    case 'bad-name':
      return l10n.t('A name has letters, digits, - and _ only, 60 at most.');
    case 'open-front-matter':
      return l10n.t('The front matter has no end: a line of three hyphens is missing.');
    case 'empty-text':
      return l10n.t('The prompt has no text.');
  }
}
