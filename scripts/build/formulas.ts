// Makes KaTeX small: its bundle makes MathML only.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Plugin } from 'esbuild';
import { parseSync, Visitor } from 'oxc-parser';

const entry = path.join(import.meta.dirname, '../../node_modules/katex/katex.ts');

/** Bundles KaTeX from its sources, without what makes HTML: those builders, sizes of characters, and shapes of drawn ones. */
export const smallFormulas: Plugin = {
  name: 'small-formulas',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^katex$/ }, () => ({ path: entry }));
    onLoad({ filter: /katex\/src\/fontMetricsData\.js$/ }, async ({ path: file }) => {
      const literal = /^export default (\{[\s\S]*\});?\s*$/m.exec(await readFile(file, 'utf8'))?.[1];
      if (literal === undefined) throw new Error(`No sizes of characters in ${file}.`);
      return { contents: moduleOf(runInNewContext(`(${literal})`)) };
    });
    onLoad({ filter: /katex\/src\/(buildHTML|svgGeometry)\.ts$/ }, async ({ path: file }) => ({
      contents: withoutFunctions(await readFile(file, 'utf8')),
    }));
    onLoad({ filter: /katex\/src\/.*\.ts$/ }, async ({ path: file }) => ({
      contents: withoutHtml(file, await readFile(file, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** MathML only asks which characters a font has, so their sizes are left out. `sizes`: by font and code point. */
function moduleOf(sizes: Record<string, Record<string, number[]>>): string {
  const codes = Object.fromEntries(
    Object.entries(sizes).map(([font, characters]) => [font, Object.keys(characters).map(Number)]),
  );
  return `const none = [0, 0, 0, 0, 0];
const codes = ${JSON.stringify(codes)};
export default Object.fromEntries(
  Object.entries(codes).map(([font, of]) => [font, Object.fromEntries(of.map((code) => [code, none]))]),
);`;
}

/** `module`: one whose functions nobody calls; its exports stay, without anything in them. */
function withoutFunctions(module: string): string {
  const names = [...module.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name = '']) => name);
  return `export default undefined;\nexport const ${names.map((name) => `${name} = undefined`).join(', ')};`;
}

/** Takes every `htmlBuilder` out of the objects that define a command; esbuild drops what only they used. */
function withoutHtml(file: string, source: string): string {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  let made = source;
  const cuts: { start: number; end: number }[] = [];
  new Visitor({
    ObjectExpression({ properties }) {
      for (const one of properties)
        if (one.type === 'Property' && one.key.type === 'Identifier' && one.key.name === 'htmlBuilder')
          cuts.push({ start: one.start, end: one.end });
    },
  }).visit(program);
  for (const { start, end } of cuts.sort((a, b) => b.start - a.start))
    made = `${made.slice(0, start)}htmlBuilder: undefined${made.slice(end)}`;
  return made;
}
