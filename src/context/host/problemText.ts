/** Formats problems as text: severity, place, source, message, and the line of code. */

import * as vscode from 'vscode';
import { baseName } from '../../base/host/paths.ts';

/** Sorts by severity, then by position. */
export function worstFirst(problems: readonly vscode.Diagnostic[]): vscode.Diagnostic[] {
  return problems.toSorted(
    (one, other) => one.severity - other.severity || one.range.start.compareTo(other.range.start),
  );
}

/** One line for each problem, with its line of code when `document` is given. */
export function formatProblems(
  problems: readonly vscode.Diagnostic[],
  document?: vscode.TextDocument,
): string {
  return problems
    .map((problem) => `${formatProblem(problem)}${codeAt(problem.range.start.line, document)}`)
    .join('\n');
}

/** Limit for a line of code, as a minified file is one line. */
const mostCharacters = 300;

function formatProblem(problem: vscode.Diagnostic): string {
  const { range, severity, message, relatedInformation = [] } = problem;
  const { start } = range;
  const kind = (vscode.DiagnosticSeverity[severity] ?? 'Problem').toLowerCase();
  // Send only the file name, not its place on the disk.
  const related = relatedInformation.map(
    (other) =>
      `\n    ${baseName(other.location.uri)}:${other.location.range.start.line + 1}: ${other.message}`,
  );
  return `${kind} ${start.line + 1}:${start.character + 1}${nameOf(problem)}: ${message}${related.join('')}`;
}

function nameOf({ source, code }: vscode.Diagnostic): string {
  const value = typeof code === 'object' ? code.value : code;
  const text = [source, value === undefined ? '' : `(${value})`].filter(Boolean).join(' ');
  return text === '' ? '' : ` ${text}`;
}

function codeAt(line: number, document: vscode.TextDocument | undefined): string {
  const code = document && line < document.lineCount ? document.lineAt(line).text.trim() : '';
  return code === '' ? '' : `\n    > ${code.slice(0, mostCharacters)}`;
}
