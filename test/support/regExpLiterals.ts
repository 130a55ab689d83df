/** The regular expressions of a source file: its literals, and where it makes others from text. */

import { type CallExpression, type NewExpression, parseSync, Visitor } from 'oxc-parser';
import type { RegExpSource } from './slowRegExp.ts';

export interface RegExpsInFile {
  literals: (RegExpSource & { line: number })[];
  /** Lines with `new RegExp(…)` or `RegExp(…)`. */
  made: number[];
}

export function regExpsIn(file: string, text: string): RegExpsInFile {
  const found: RegExpsInFile = { literals: [], made: [] };
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const noteMaker = ({ callee, start }: NewExpression | CallExpression): void => {
    if (callee.type === 'Identifier' && callee.name === 'RegExp') found.made.push(lineAt(start));
  };
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  new Visitor({
    Literal(node) {
      if (!('regex' in node)) return;
      found.literals.push({ source: node.regex.pattern, flags: node.regex.flags, line: lineAt(node.start) });
    },
    NewExpression: noteMaker,
    CallExpression: noteMaker,
  }).visit(program);
  return found;
}
