// Lists the texts of the pages, so that a page gets only their translations.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { translatedTexts } from './translatedTexts.ts';

/** In English, sorted, each once. Throws for a text that is put together. */
export function listPageTexts(root = process.cwd()): string[] {
  const texts = globSync(['src/*/webview/**/*.ts', 'src/ui/{markdown,formulas,diagrams}/**/*.ts'], {
    cwd: root,
  }).flatMap((file) => translatedTexts(file, readFileSync(path.join(root, file), 'utf8')));
  return [...new Set(texts)].sort();
}
