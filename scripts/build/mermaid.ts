// Makes Mermaid small: what `mermaid.js.br` holds is built here from the package `mermaid`.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Plugin } from 'esbuild';
import { minify } from 'oxc-minify';
import { parseSync, Visitor } from 'oxc-parser';

/** Services of an editor that Langium makes for every language. Mermaid only parses. */
const editorServices = [
  'CommentProvider',
  'DocumentationProvider',
  'AsyncParser',
  'CompletionParser',
  'AstNodeDescriptionProvider',
  'ReferenceDescriptionProvider',
  'ScopeProvider',
  'ScopeComputation',
  'References',
  'Hydrator',
  'DocumentValidator',
  'DocumentBuilder',
  'IndexManager',
  'WorkspaceManager',
  'WorkspaceLock',
  'ConfigurationProvider',
];

/**
 * Leaves out mind maps, architecture diagrams and LaTeX, as Mermaid's own small edition does, and what no diagram runs: in
 * Mermaid's parser the services of an editor, and everywhere the calls that give functions their names again. The build fails
 * when a file does not look as it did.
 */
export const smallMermaid: Plugin = {
  name: 'small-mermaid',
  setup({ onLoad }) {
    onLoad(
      { filter: /node_modules\/(mermaid|@mermaid-js\/parser)\/dist\/.*\.mjs$/ },
      async ({ path: file }) => {
        let code = await readFile(file, 'utf8');
        if (code.includes('lib/default-module.js')) code = withoutEditor(code);
        // What its own build writes for "with the large features".
        code = code.replaceAll(/^ +if \(true\) \{$|(?<=\.\.\.)true(?= \? )/gm, (found) =>
          found.replace('true', 'false'),
        );
        return { contents: withoutNames(file, code) };
      },
    );
  },
};

/** `parser`: the file of Mermaid's parser that holds Langium and all that it comes with. */
function withoutEditor(parser: string): string {
  let code = parser;
  const edit = (before: string | RegExp, after: string): void => {
    const edited = code.replace(before, () => after);
    if (edited === code) throw new Error(`Mermaid's parser has no ${before}.`);
    code = edited;
  };
  for (const name of editorServices)
    edit(new RegExp(`^ +${name}: /\\* @__PURE__ \\*/ __name\\(\\(.*\\) => .*, "${name}"\\),?$`, 'm'), '');
  // The protocol between editors and language servers. Left over: one place that asks for the start of a text.
  edit('__toESM(require_main2(), 1)', '{}');
  edit(/^ +return \{ start: Position\.create\(0, 0\), end: Position\.create\(0, 0\) \};$/m, startOfText);
  code = code.replaceAll(/^init_main\(\);$/gm, '');
  // Namespaces that nobody imports.
  edit('__export(lib_exports, {', '/* @__PURE__ */ __export(lib_exports, {');
  edit('__reExport(lib_exports, utils_exports);', '');
  return code.replaceAll(/(?<= = )__(?:commonJS|esm)\(/g, (call) => `/* @__PURE__ */ ${call}`);
}

const startOfText = 'return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };';

/** Puts `value` for every `__name(value, "name")`. */
function withoutNames(file: string, code: string): string {
  const { program, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  /** Where something is cut out, and what stands there instead. */
  const cuts: { start: number; end: number; instead: string }[] = [];
  new Visitor({
    CallExpression({ callee, arguments: [value], start, end }) {
      if (callee.type !== 'Identifier' || callee.name !== '__name' || !value) return;
      cuts.push({ start, end: value.start, instead: '(' }, { start: value.end, end, instead: ')' });
    },
  }).visit(program);
  let made = '';
  let from = 0;
  for (const { start, end, instead } of cuts.sort((a, b) => a.start - b.start)) {
    made += code.slice(from, start) + instead;
    from = end;
  }
  return made + code.slice(from);
}

/** Writes what is built not as it is but packed, as `mermaid.js.br`; for production as small as can be, which takes seconds. */
export function packOutput(production: boolean): Plugin {
  return {
    name: 'pack-output',
    setup({ initialOptions, onEnd }) {
      initialOptions.write = false;
      onEnd(async ({ outputFiles }) => {
        for (const { path: file, text } of outputFiles?.filter(({ path: one }) => one.endsWith('.js')) ??
          []) {
          await mkdir(path.dirname(file), { recursive: true });
          await writeFile(
            `${file}.br`,
            await pack(production ? await minifyMore(file, text) : text, production),
          );
        }
      });
    },
  };
}

async function pack(text: string, production: boolean): Promise<Buffer> {
  const quality = production ? constants.BROTLI_MAX_QUALITY : 4;
  return promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
}

/** What esbuild has minified gets a tenth smaller, packed. */
export async function minifyMore(file: string, text: string): Promise<string> {
  const { code, errors } = await minify(file, text, { compress: { target: 'chrome134' }, mangle: true });
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  return code;
}
