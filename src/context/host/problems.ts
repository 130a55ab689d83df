/** Attaches the problems that VS Code lists, with the lines of code they refer to. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { pathOf } from '../../base/host/paths.ts';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { toLooseAttachment } from './documentAttachment.ts';
import { findExclusion } from './exclusions.ts';
import type { Origins } from './origins.ts';
import { formatProblems, worstFirst } from './problemText.ts';
import { readableDocument } from './readUri.ts';

const mostProblems = 200;
const mostFiles = 30;
/** Limit for the problems of an attachment's lines. */
const mostOfLines = 50;

/** Throws when the file has none. */
export async function attachFileProblems(uri: vscode.Uri, origins: Origins): Promise<Attachment> {
  const made = await readFileProblems(uri, origins);
  if (!made) throw new UserError(l10n.t('VS Code lists no problems in “{0}”.', pathOf(uri)));
  return made;
}

/** Only counts the problems in excluded files. Throws when there are none. */
export async function attachAllProblems(origins: Origins): Promise<Attachment> {
  const made = await readAllProblems(origins);
  if (!made) throw new UserError(l10n.t('VS Code lists no problems.'));
  return made;
}

/** `undefined` when there are none. */
export async function readFileProblems(uri: vscode.Uri, origins: Origins): Promise<Attachment | undefined> {
  const problems = vscode.languages.getDiagnostics(uri);
  if (problems.length === 0) return undefined;
  const text = await describeFile(uri, worstFirst(problems).slice(0, mostProblems));
  const title = l10n.t('Problems in {0}', pathOf(uri));
  const attachment = toLooseAttachment('problems', title, text + moreNote(problems.length - mostProblems), {
    uri: uri.toString(),
  });
  return origins.remember(attachment, { again: () => readFileProblems(uri, origins), files: [uri] });
}

/** The problems in the lines of an attachment, without their code and without hints; `undefined` when there are none. */
export function problemsOf({ uri, path, startLine, endLine }: Attachment): Attachment | undefined {
  if (uri === '') return undefined;
  const lines = new vscode.Range(Math.max(0, startLine - 1), 0, endLine, 0);
  const reported = vscode.languages
    .getDiagnostics(vscode.Uri.parse(uri))
    .filter(({ severity, range }) => severity !== vscode.DiagnosticSeverity.Hint && overlaps(range, lines));
  if (reported.length === 0) return undefined;
  const text = formatProblems(worstFirst(reported).slice(0, mostOfLines));
  return toLooseAttachment('problems', path, text, { uri, languageId: 'plaintext' });
}

async function readAllProblems(origins: Origins): Promise<Attachment | undefined> {
  const found = vscode.languages.getDiagnostics().filter(([, problems]) => problems.length > 0);
  if (found.length === 0) return undefined;
  let left = mostProblems;
  let omitted = 0;
  let kept = 0;
  const texts: string[] = [];
  const files: vscode.Uri[] = [];
  // Files with errors first.
  for (const [uri, problems] of found.sort(([, a], [, b]) => worstOf(a) - worstOf(b))) {
    // Checking the exclusion of each file takes too long when thousands have problems.
    const isFull = files.length >= mostFiles || left === 0;
    if (!isFull && (await findExclusion(uri))) {
      kept += problems.length;
      continue;
    }
    const shown = isFull ? [] : worstFirst(problems).slice(0, left);
    omitted += problems.length - shown.length;
    if (shown.length === 0) continue;
    left -= shown.length;
    files.push(uri);
    texts.push(await describeFile(uri, shown));
  }
  const excluded = kept > 0 ? `\n[${kept} problems in excluded files are left out.]\n` : '';
  const text = texts.join('\n') + moreNote(omitted) + excluded;
  return origins.remember(toLooseAttachment('problems', l10n.t('All problems'), text), {
    again: () => readAllProblems(origins),
    files,
  });
}

/** One block of text for a file. */
async function describeFile(uri: vscode.Uri, problems: readonly vscode.Diagnostic[]): Promise<string> {
  const document = await readableDocument(uri).catch(() => undefined);
  return `${pathOf(uri)}\n${formatProblems(problems, document)}\n`;
}

/** An empty range at the start of the next line does not overlap. */
function overlaps(range: vscode.Range, lines: vscode.Range): boolean {
  return range.start.line < lines.end.line && range.end.line >= lines.start.line;
}

function worstOf(problems: readonly vscode.Diagnostic[]): number {
  return Math.min(...problems.map(({ severity }) => severity));
}

function moreNote(count: number): string {
  return count > 0 ? `\n[${count} more problems are left out.]\n` : '';
}
