/** Counts lines and files of the sources. */

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ImportGraph, importersOf } from './importGraph.ts';

export interface Size {
  readonly lines: number;
  readonly files: number;
}

/** A file with fewer lines that one other file imports is a crumb. */
const crumbLines = 40;

/** As `wc -l` counts. */
export function linesOf(text: string): number {
  return text.split('\n').length - 1;
}

/** Of the TypeScript files whose paths `counts` accepts. */
export function sizeOf({ texts }: ImportGraph, counts: (file: string) => boolean): Size {
  const lines = [...texts].flatMap(([file, text]) => (counts(file) ? [linesOf(text)] : []));
  return { lines: lines.reduce((sum, one) => sum + one, 0), files: lines.length };
}

/** Of the style sheets in a folder. */
export function styleSize(folder: string): Size {
  const sheets = globSync('**/*.css', { cwd: folder });
  const lines = sheets.map((file) => linesOf(readFileSync(path.join(folder, file), 'utf8')));
  return { lines: lines.reduce((sum, one) => sum + one, 0), files: lines.length };
}

/** Small files with exactly one importer, with that importer. */
export function crumbsOf({
  texts,
  imports,
}: ImportGraph): { file: string; lines: number; importer: string }[] {
  return [...importersOf(imports)].flatMap(([file, importers]) => {
    const [importer] = importers;
    const lines = linesOf(texts.get(file) ?? '');
    return importer !== undefined && importers.length === 1 && lines < crumbLines
      ? [{ file, lines, importer }]
      : [];
  });
}
