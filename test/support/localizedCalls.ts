/** The calls of a source file that ask for a text in the user's language. */

import { type CallExpression, parseSync, Visitor } from 'oxc-parser';

/** `l10n.t(…)` and `vscode.l10n.t(…)`, as they stand there. */
export function localizedCalls(file: string, text: string): string[] {
  const calls: string[] = [];
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  new Visitor({
    CallExpression({ callee, start, end }: CallExpression) {
      const name = text.slice(callee.start, callee.end).replaceAll(/\s/g, '');
      if (/^(vscode\.)?l10n\.t$/.test(name)) calls.push(text.slice(start, end));
    },
  }).visit(program);
  return calls;
}
