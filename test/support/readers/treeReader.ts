/** Reads Go snippets with a parser of its own, since no Go is needed for it: what they hand to their client library. */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';

export type Language = 'go' | 'java' | 'python' | 'bash' | 'javascript';

const require = createRequire(import.meta.url);
const entry = require.resolve('@vscode/tree-sitter-wasm');
const { Parser, Language: Grammar } = require(entry) as typeof TreeSitter;
const parsers = new Map<Language, Promise<TreeSitter.Parser>>();

/** The tree of a snippet. */
export async function parseSnippet(text: string, language: Language): Promise<TreeSitter.Node> {
  const parser = parsers.get(language) ?? createParser(language);
  parsers.set(language, parser);
  const tree = (await parser).parse(text);
  if (!tree) throw new Error('There is no tree.');
  return tree.rootNode;
}

/** The first error in a snippet, with the lines around it; `undefined` for a sound one. */
export function findSyntaxError(root: TreeSitter.Node): string | undefined {
  if (!root.hasError) return undefined;
  const broken = root.descendantsOfType('ERROR')[0];
  return `at line ${(broken?.startPosition.row ?? 0) + 1}: ${broken?.text.slice(0, 200)}`;
}

/** Evaluates literals, joined texts, lists and maps; anything else is given as its source. */
export function readGo(node: TreeSitter.Node): unknown {
  const named = node.namedChildren.filter((child) => child !== null);
  switch (node.type) {
    case 'interpreted_string_literal':
      return unquoteGo(node.text);
    case 'int_literal':
    case 'float_literal':
      return Number(node.text);
    case 'unary_expression':
      return -Number(node.text.slice(1));
    case 'binary_expression':
      return named.map((child) => readGo(child)).join('');
    case 'literal_element':
    case 'expression_list':
      return named[0] ? readGo(named[0]) : undefined;
    case 'composite_literal': {
      const value = named.at(-1);
      return value ? readGo(value) : undefined;
    }
    case 'literal_value': {
      const keyed = named.filter(({ type }) => type === 'keyed_element');
      if (keyed.length === 0) return named.map((child) => readGo(child));
      return Object.fromEntries(
        keyed.map((child) => {
          const [key, value] = child.namedChildren;
          return [key && String(readGo(key)), value && readGo(value)];
        }),
      );
    }
    case 'call_expression': {
      const [name, args] = named;
      return { call: name?.text, arguments: args?.namedChildren.map((child) => child && readGo(child)) };
    }
    default:
      return node.text;
  }
}

/** Go's rules for texts in double quotes, of which the snippets use these. */
function unquoteGo(literal: string): string {
  return literal.slice(1, -1).replace(/\\(u([0-9a-f]{4})|U([0-9a-f]{8})|.)/gs, (whole, kind, short, long) => {
    const digits = short ?? long;
    if (digits !== undefined) return String.fromCodePoint(Number.parseInt(digits, 16));
    const known = ({ n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' } as Record<string, string>)[kind];
    if (known === undefined) throw new Error(`Go has no ${whole}`);
    return known;
  });
}

async function createParser(language: Language): Promise<TreeSitter.Parser> {
  const folder = path.dirname(entry);
  await Parser.init({ locateFile: (file: string) => path.join(folder, file) });
  const parser = new Parser();
  parser.setLanguage(await Grammar.load(await readFile(path.join(folder, `tree-sitter-${language}.wasm`))));
  return parser;
}
