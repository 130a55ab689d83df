/** markdown-it plugin that reads code blocks with `createFenceReader`. */

import type { MarkdownIt } from 'markdown-it';
import { createFenceReader, fenceAt } from './fence.ts';

/** The `env` that callers may pass to the parser. */
export interface FenceEnvironment {
  /** Default `true`. `false`: more text follows and may close a block that is still open. */
  complete?: boolean;
}

/** Replaces the `fence` rule. Without nested blocks the result is the same. */
export function useNestedFences(markdown: MarkdownIt): void {
  markdown.block.ruler.at(
    'fence',
    (state, start, end, silent) => {
      const { bMarks, tShift, eMarks, sCount, blkIndent } = state;
      const textStart = (line: number): number => (bMarks[line] ?? 0) + (tShift[line] ?? 0);
      const indentation = (line: number): number => (sCount[line] ?? 0) - blkIndent;
      const lineAt = (line: number): string =>
        ' '.repeat(Math.max(0, indentation(line))) + state.src.slice(textStart(line), eMarks[line]);
      const isInside = (line: number): boolean =>
        line < end && (textStart(line) >= (eMarks[line] ?? 0) || indentation(line) >= 0);

      // Called for every line, so the common case returns early.
      if (!'`~'.includes(state.src.charAt(textStart(start)) || ' ')) return false;
      const first = lineAt(start);
      const opening = fenceAt(first);
      if (!opening) return false;
      if (silent) return true;
      const reader = createFenceReader(opening);
      let line = start + 1;
      let closed = false;
      for (; isInside(line) && !closed && !reader.broken; line++)
        closed = reader.ends(lineAt(line), isInside(line + 1) ? lineAt(line + 1) : undefined);
      // The container or the text has ended.
      const { complete = true } = state.env as FenceEnvironment;
      const isOver = complete || reader.broken || line < bMarks.length - 1;
      if (!closed && isOver && reader.early !== undefined) {
        line = start + 2 + reader.early;
        closed = true;
      }
      state.line = line;
      const token = state.push('fence', 'code', 0);
      token.markup = opening.mark.repeat(opening.length);
      token.info = first.trimStart().slice(opening.length);
      token.content = state.getLines(start + 1, closed ? line - 1 : line, sCount[start] ?? 0, true);
      token.map = [start, line];
      return true;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
}
