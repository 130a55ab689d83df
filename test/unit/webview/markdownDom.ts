/** Renders Markdown into a DOM without a browser, for tests. */

import { parseHTML } from 'linkedom';
import { createMarkdownStream } from '../../../src/webview/markdown/index.ts';

/** The DOM that these chunks give. */
export function render(chunks: readonly string[]): HTMLElement {
  const { document } = parseHTML('<body></body>');
  const target = document.createElement('div');
  const stream = createMarkdownStream(target);
  for (const chunk of chunks) stream.append(chunk);
  stream.finish();
  return target;
}

/** `text` cut after each of `lengths`, which are used in a circle. */
export function cut(text: string, lengths: readonly number[]): string[] {
  const chunks: string[] = [];
  for (let start = 0, turn = 0; start < text.length; turn++) {
    const end = start + (lengths[turn % lengths.length] ?? 1);
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}
