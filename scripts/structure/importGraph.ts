/** Reads which file imports which, types included, and finds the circles: for `npm run structure` and the import test. */

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Expression, parseSync, Visitor } from 'oxc-parser';

/** The files of a folder and their imports; paths are relative to the folder, with `/`. */
export interface ImportGraph {
  /** The source of each file. */
  readonly texts: ReadonlyMap<string, string>;
  /** What each file imports from the folder, each file once, in the order of the source. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
}

/** Reads all TypeScript files of a folder. Throws for a file that does not parse. */
export function readImportGraph(folder: string): ImportGraph {
  const files = globSync('**/*.ts', { cwd: folder }).map((file) => file.replaceAll('\\', '/'));
  const texts = new Map(files.sort().map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]));
  const imports = new Map<string, readonly string[]>();
  for (const [file, text] of texts) {
    const targets = importsOf(file, text).map(({ specifier }) => resolve(file, specifier));
    imports.set(
      file,
      [...new Set(targets)].filter((target) => texts.has(target)),
    );
  }
  return { texts, imports };
}

/** One import of a source. */
export interface Import {
  readonly specifier: string;
  /** It imports types alone, and is gone from the bundle. */
  readonly typesOnly: boolean;
}

/**
 * All imports of a source: `import`, `import type`, `export … from`, `import()`, and `import('…')` as a type. Throws for a
 * source that does not parse, and for an address that is computed.
 */
export function importsOf(file: string, source: string): Import[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const imports: Import[] = [];
  const add = (from: Expression | null, kind: 'type' | 'value' = 'value'): void => {
    if (from === null) return;
    if (from.type !== 'Literal' || typeof from.value !== 'string') {
      throw new Error(`${file}: import() needs a plain string.`);
    }
    imports.push({ specifier: from.value, typesOnly: kind === 'type' });
  };
  new Visitor({
    ImportDeclaration: ({ source, importKind }) => add(source, importKind),
    ExportNamedDeclaration: ({ source, exportKind }) => add(source, exportKind),
    ExportAllDeclaration: ({ source, exportKind }) => add(source, exportKind),
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source, 'type'),
  }).visit(program);
  return imports;
}

/** Where an import leads: a path relative to the folder for a relative specifier, else the specifier itself. */
export function resolve(file: string, specifier: string): string {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
}

/** The files that import each file. */
export function importersOf(imports: ImportGraph['imports']): Map<string, string[]> {
  const importers = new Map<string, string[]>([...imports.keys()].map((file) => [file, []]));
  for (const [file, targets] of imports) for (const target of targets) importers.get(target)?.push(file);
  return importers;
}

/** The strongly connected components of more than one file, and each file that imports itself (Tarjan's algorithm). */
export function circlesOf(imports: ImportGraph['imports']): string[][] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  function visit(file: string): number {
    const own = order.size;
    order.set(file, own);
    open.push(file);
    let low = own;
    for (const target of imports.get(file) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (open.includes(target)) low = Math.min(low, order.get(target) ?? low);
    }
    if (low === own) {
      const members = open.splice(open.indexOf(file));
      if (members.length > 1 || imports.get(file)?.includes(file)) circles.push(members.sort());
    }
    return low;
  }
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles.sort((one, other) => other.length - one.length);
}
