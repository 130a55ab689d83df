/** Turns VS Code's problems into the range and instruction of an edit. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';

export interface Fix {
  range: vscode.Range;
  instruction: string;
}

/** A fix for the problems that intersect the range, else those in its lines; `undefined` if there are none. */
export function fixFor(document: vscode.TextDocument, range: vscode.Range): Fix | undefined {
  const all = vscode.languages.getDiagnostics(document.uri);
  const touching = all.filter((one) => one.range.intersection(range) !== undefined);
  const lines = new vscode.Range(range.start.line, 0, range.end.line, Number.MAX_SAFE_INTEGER);
  const problems = touching.length > 0 ? touching : all.filter((one) => one.range.intersection(lines));
  const [first, ...others] = problems;
  if (!first) return undefined;
  const span = others.reduce((sum, one) => sum.union(one.range), first.range);
  const list = problems.map(({ range: place, message, source, code }) => {
    const name = typeof code === 'object' ? code.value : code;
    const origin = [source, name].filter((part) => part !== undefined).join(' ');
    return `- ${l10n.t('line {0}', place.start.line + 1)}: ${message}${origin === '' ? '' : ` (${origin})`}`;
  });
  return { range: span, instruction: `${l10n.t('Fix these problems:')}\n${list.join('\n')}` };
}
