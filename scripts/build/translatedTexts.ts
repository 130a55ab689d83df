// Finds the texts that a source file passes to `l10n.t` or `translatable`.

import { type Argument, parseSync, Visitor } from 'oxc-parser';

/** Throws for a file that is no TypeScript, and for a text that is put together: nobody could translate it. */
export function translatedTexts(file: string, source: string): string[] {
  const texts: string[] = [];
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  new Visitor({
    CallExpression({ callee, arguments: [first] }) {
      if (callee.type === 'Identifier' && callee.name === 'translatable') {
        texts.push(plainText(first) ?? fail(file, source, callee.start));
        return;
      }
      if (callee.type !== 'MemberExpression' || callee.computed) return;
      const { object, property } = callee;
      const owner = object.type === 'MemberExpression' && !object.computed ? object.property : object;
      if (owner.type !== 'Identifier' || owner.name !== 'l10n' || property.name !== 't') return;
      texts.push(plainText(first) ?? fail(file, source, callee.start));
    },
  }).visit(program);
  return texts;
}

function plainText(argument: Argument | undefined): string | undefined {
  if (argument?.type === 'Literal' && typeof argument.value === 'string') return argument.value;
  if (argument?.type !== 'TemplateLiteral' || argument.expressions.length > 0) return undefined;
  return argument.quasis[0]?.value.cooked ?? undefined;
}

function fail(file: string, source: string, at: number): never {
  const line = source.slice(0, at).split('\n').length;
  throw new Error(`${file}:${line}: a text for translation has to be one plain text.`);
}
