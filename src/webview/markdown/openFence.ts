/** An open fenced code block: its lines go straight to the text node, nothing is parsed again. */

import type { Block } from './parser.ts';

export interface OpenFence {
  /** Takes text; gives what to show now and, once the fence is closed, the text after it. */
  push(text: string): { shown: string; rest?: string };
  /** What is still to show when the answer ends without closing the fence. */
  finish(): string;
}

/** The fence that `block`, the last of `source`, leaves open; `undefined` for anything else. */
export function openFenceOf(block: Block, source: string): OpenFence | undefined {
  const token = block.tokens[0];
  if (token?.type !== 'fence') return undefined;
  const lines = source.split('\n').slice(block.start, block.end);
  // An indented fence takes its indentation from each line: rare, left to the parser.
  if (!lines[0]?.startsWith(token.markup)) return undefined;
  const closing = new RegExp(`^ {0,3}${token.markup}${token.markup[0]}*[ \\t]*$`);
  if (lines.length > 1 && closing.test(lines.at(-1) ?? '')) return undefined;
  return createOpenFence(closing, new RegExp(`^ {0,3}${token.markup[0]}*[ \\t]*$`));
}

function createOpenFence(closing: RegExp, mayClose: RegExp): OpenFence {
  /** The unfinished line, and how much of it is shown. */
  let line = '';
  let shownLength = 0;
  return {
    push(text) {
      let shown = '';
      let position = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', position)) {
        line += text.slice(position, end);
        position = end + 1;
        if (closing.test(line)) return { shown, rest: text.slice(position) };
        shown += `${line.slice(shownLength)}\n`;
        line = '';
        shownLength = 0;
      }
      line += text.slice(position);
      if (shownLength > 0 || !mayClose.test(line)) {
        shown += line.slice(shownLength);
        shownLength = line.length;
      }
      return { shown };
    },
    finish: () => (line === '' || closing.test(line) ? '' : `${line.slice(shownLength)}\n`),
  };
}
