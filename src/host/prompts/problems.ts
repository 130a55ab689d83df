/** The diagnostics of some lines as an attachment. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Attachment } from '../../core/conversation.ts';

/** More are no help to a model, nor to a person who reads the chip. */
const most = 50;

/** Errors first; hints are left out. `undefined` when nothing is reported. */
export function problemsOf({ uri, path, startLine, endLine }: Attachment): Attachment | undefined {
  if (uri === '') return undefined;
  const lines = new vscode.Range(Math.max(0, startLine - 1), 0, endLine, 0);
  const reported = vscode.languages
    .getDiagnostics(vscode.Uri.parse(uri))
    .filter(({ severity, range }) => severity !== vscode.DiagnosticSeverity.Hint && overlaps(range, lines))
    .sort((one, other) => one.severity - other.severity || one.range.start.compareTo(other.range.start));
  if (reported.length === 0) return undefined;
  return {
    id: randomUUID(),
    kind: 'problems',
    path,
    uri,
    languageId: 'plaintext',
    startLine: 0,
    endLine: 0,
    text: reported.slice(0, most).map(formatProblem).join('\n'),
  };
}

/** An empty range at the start of the line behind does not touch. */
function overlaps(range: vscode.Range, lines: vscode.Range): boolean {
  return range.start.line < lines.end.line && range.end.line >= lines.start.line;
}

function formatProblem(diagnostic: vscode.Diagnostic): string {
  const { range, severity, source, message, relatedInformation = [] } = diagnostic;
  const { start } = range;
  const name = [source, codeOf(diagnostic)].filter((part) => part !== undefined).join(' ');
  const related = relatedInformation.map(
    (other) => `\n  ${nameOf(other.location.uri)}:${other.location.range.start.line + 1}: ${other.message}`,
  );
  const kind = vscode.DiagnosticSeverity[severity].toLowerCase();
  return `${start.line + 1}:${start.character + 1} ${kind}${name && ` (${name})`}: ${message}${related.join('')}`;
}

function codeOf({ code }: vscode.Diagnostic): string | undefined {
  const value = typeof code === 'object' ? code.value : code;
  return value === undefined ? undefined : String(value);
}

/** Where a file lies on the disk is nobody's business. */
function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? '';
}
