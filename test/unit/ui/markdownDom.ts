/** Renders Markdown into a DOM without a browser, for tests. */

import { parseHTML } from 'linkedom';
import { createMarkdownStream, type MarkdownOptions } from '../../../src/ui/markdown/index.ts';

/** The panel's Markdown: with headers on code, boxes around tables and fewer links. */
export const panel: MarkdownOptions = { tools: true };

/** The DOM that these chunks give: that of the specifications, or the panel's. */
export function render(chunks: readonly string[], options?: MarkdownOptions): HTMLElement {
  const { document } = parseHTML('<body></body>');
  const target = document.createElement('div');
  const stream = createMarkdownStream(target, options);
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

/**
 * `count` ways to cut `text`, the same in every run: after each UTF-16 unit (through surrogate pairs), in pairs, and at
 * random places with pieces of growing length.
 */
export function cuttings(text: string, count: number): string[][] {
  const random = createRandom(text.length + 1);
  return Array.from({ length: count }, (_, turn) => {
    if (turn < 2) return cut(text, [turn + 1]);
    return cut(
      text,
      Array.from({ length: 50 }, () => 1 + Math.floor(random() * (turn + 1))),
    );
  });
}

/** Numbers from 0 to 1 (mulberry32), the same for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
