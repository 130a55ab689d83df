/** Reads a question file with VS Code's encoding, and explains its errors in the user's language. */

import { isUtf8 } from 'node:buffer';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { UserError } from '../../base/host/userError.ts';
import { mostQuestions, parseQuestionSet } from '../common/parseQuestionSet.ts';
import { type QuestionSet, QuestionSetError, type QuestionSetFault } from '../common/questionSet.ts';

/** In bytes: ten thousand questions of two thousand characters. */
const largestFile = 64 * 1024 * 1024;

/** Throws a `UserError` if the file is no question set. */
export async function readQuestions(uri: vscode.Uri): Promise<QuestionSet & { name: string }> {
  const name = uri.path.split('/').at(-1) ?? '';
  const text = await readText(uri, name);
  try {
    return { ...parseQuestionSet(text, name), name };
  } catch (error) {
    if (error instanceof QuestionSetError) throw new UserError(`${name}: ${explain(error.fault)}`);
    throw error;
  }
}

/** Prefers the unsaved text of an editor. */
async function readText(uri: vscode.Uri, name: string): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open?.isDirty) return open.getText();
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > largestFile) throw new UserError(l10n.t('{0} is too large for a set of questions.', name));
  const bytes = await vscode.workspace.fs.readFile(uri);
  const text = await decode(bytes, { uri });
  // Chinese files in another encoding than the settings say are usually GBK or GB 18030.
  const suspicious = text?.includes('\uFFFD') && !isUtf8(bytes);
  const readable = suspicious ? await decode(bytes, { encoding: 'gb18030' }) : text;
  if (readable === undefined || (suspicious && readable.includes('\uFFFD')))
    throw new UserError(l10n.t('The encoding of {0} cannot be told. Save it as UTF-8.', name));
  return readable;
}

/** `undefined` for a file that VS Code considers binary. */
async function decode(
  bytes: Uint8Array,
  options: { uri: vscode.Uri } | { encoding: string },
): Promise<string | undefined> {
  try {
    return 'uri' in options
      ? await vscode.workspace.decode(bytes, { uri: options.uri })
      : await vscode.workspace.decode(bytes, { encoding: options.encoding });
  } catch {
    return undefined;
  }
}

function explain(fault: QuestionSetFault): string {
  switch (fault.type) {
    case 'empty':
      return l10n.t('The file is empty.');
    case 'no-questions':
      return l10n.t(
        'There are no questions in it. In Markdown each “##” heading or list item is one, in CSV each row of the column “question”.',
      );
    case 'no-column':
      return l10n.t('The first line names no column “question”. It names: {0}.', fault.columns.join(', '));
    case 'open-quote':
      return l10n.t('The quotation mark that opens in line {0} is never closed.', fault.line);
    case 'bad-quote':
      return l10n.t(
        'Line {0}: a quotation mark stands within a cell. Put the cell in quotation marks and double those inside.',
        fault.line,
      );
    case 'too-many-cells':
      return l10n.t(
        'Line {0} has {1} cells, but there are {2} columns. Put questions with commas in quotation marks.',
        fault.line,
        fault.found,
        fault.expected,
      );
    case 'bad-csv':
      return l10n.t('Line {0} cannot be read as CSV: {1}', fault.line, fault.detail);
    case 'too-many':
      return l10n.t('{0} questions are too many; at most {1} can be asked.', fault.count, mostQuestions);
  }
}
