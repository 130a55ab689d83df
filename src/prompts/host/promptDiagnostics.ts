/** Reports the problems of prompt files in their editors and in the list of problems. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { findHidden, summarizeHidden } from '../../base/common/hiddenText.ts';
import { describeHidden } from '../../base/host/hiddenTexts.ts';
import { createDiagnostic } from '../../base/host/window/surfaces.ts';
import { longestPrompt, type PromptProblem, parsePromptFile, tame } from './promptFile.ts';
import type { LibraryEntry, PromptLibrary } from './promptLibrary.ts';

export interface PromptDiagnosticsOptions {
  /** Owned by the caller. */
  library: PromptLibrary;
  builtInNames: readonly string[];
  connectionIds(): readonly string[];
}

export function createPromptDiagnostics(options: PromptDiagnosticsOptions): vscode.Disposable {
  const { library } = options;
  const collection = vscode.languages.createDiagnosticCollection('qiao-prompts');
  const show = ({ uri, fileName, duplicate }: LibraryEntry, text: string): void => {
    const { file, problems } = parsePromptFile(text, fileName);
    const rangeIn = rangesOf(text);
    const whole = (message: string): vscode.Diagnostic =>
      createDiagnostic(new vscode.Range(0, 0, 0, 1), message, vscode.DiagnosticSeverity.Warning);
    const found = [
      ...problems.map((problem) => createDiagnostic(rangeIn(problem), messageOf(problem))),
      ...hiddenIn(text).map(({ message, ...place }) =>
        createDiagnostic(rangeIn(place), message, vscode.DiagnosticSeverity.Warning),
      ),
    ];
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
  showAll();
  return vscode.Disposable.from(collection, library.onDidChange(showAll), typed);
}

function openText(uri: vscode.Uri): string | undefined {
  return vscode.workspace.textDocuments.find((known) => known.uri.toString() === uri.toString())?.getText();
}

type Place = Pick<PromptProblem, 'start' | 'end'>;

/** Limit for the marks of hidden characters in a file. */
const mostMarked = 50;

function hiddenIn(text: string): (Place & { message: string })[] {
  if (text.length > longestPrompt) return [];
  return findHidden(text)
    .slice(0, mostMarked)
    .flatMap(({ start, end }) => {
      const hidden = summarizeHidden(text.slice(start, end));
      if (!hidden) return [];
      return [{ start, end, message: l10n.t('{0}: not sent to a model.', describeHidden(hidden)) }];
    });
}

/** Converts offsets to ranges as VS Code does: line breaks are LF, CRLF or CR, and a byte order mark does not count. */
function rangesOf(text: string): (place: Place) => vscode.Range {
  const lineStarts = [/^\uFEFF/.test(text) ? 1 : 0];
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\r|\n/g))
    lineStarts.push(index + lineBreak.length);
  const positionAt = (offset: number): vscode.Position => {
    const line = Math.max(
      0,
      lineStarts.findLastIndex((start) => start <= offset),
    );
    return new vscode.Position(line, Math.max(0, offset - (lineStarts[line] ?? 0)));
  };
  return ({ start, end }) => new vscode.Range(positionAt(start), positionAt(end));
}

function messageOf({ kind, what: found, known = [] }: PromptProblem): string {
  const what = tame(found);
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
    case 'not-plain':
      return l10n.t('The front matter can hold names, values and lists only, without anchors or nesting.');
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
    case 'too-long':
      return l10n.t('This is longer than {0} characters, the most that is read.', what);
    case 'empty-text':
      return l10n.t('The prompt has no text.');
  }
}
