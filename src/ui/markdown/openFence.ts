/** Streams an open fenced code block: new text goes to its text node without parsing. */

import { createFenceReader, type FenceReader, fenceAt } from '../../base/common/fence.ts';
import type { Block } from './parser.ts';

export interface FenceChange {
  /** What to show now. */
  shown: string;
  /** The block is closed; this is the text after it. */
  rest?: string;
  /** It was closed before the line of this index, counted from the first of the block's; that line is left out. */
  early?: number | undefined;
}

export interface OpenFence {
  push(text: string): FenceChange;
  /** The answer ends. */
  finish(): FenceChange;
}

/** The fence that `block`, the last of `source`, leaves open; `undefined` for anything else. */
export function openFenceOf(block: Block, source: string): OpenFence | undefined {
  const token = block.tokens[0];
  if (token?.type !== 'fence') return undefined;
  const [first = '', ...lines] = source.split('\n').slice(block.start, block.end);
  // An indented fence takes its indentation from each line: rare, left to the parser.
  const opening = first.startsWith(token.markup) ? fenceAt(first) : undefined;
  if (!opening) return undefined;
  const reader = createFenceReader(opening);
  if (lines.some((line, index) => reader.ends(line, lines[index + 1]) || reader.broken)) return undefined;
  return createOpenFence(reader, new RegExp(`^ {0,3}${opening.mark}*[ \\t]*$`));
}

/** `mayClose`: for the beginning of a line that may still become a closing fence. */
function createOpenFence(reader: FenceReader, mayClose: RegExp): OpenFence {
  /** A whole line that waits for the next, which tells whether it ends the block. */
  let waiting: string | undefined;
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
        if (waiting !== undefined) {
          if (reader.ends(waiting, line)) return { shown, rest: `${line}\n${text.slice(position)}` };
          shown += `${waiting}\n`;
          waiting = undefined;
          if (reader.broken) return { shown, early: reader.early, rest: `${line}\n${text.slice(position)}` };
        }
        if (reader.needsNext(line)) waiting = line;
        else if (reader.ends(line, undefined)) return { shown, rest: text.slice(position) };
        else shown += `${line.slice(shownLength)}\n`;
        line = '';
        shownLength = 0;
        if (reader.broken) return { shown, early: reader.early, rest: text.slice(position) };
      }
      line += text.slice(position);
      if (waiting === undefined && (shownLength > 0 || !mayClose.test(line))) {
        shown += line.slice(shownLength);
        shownLength = line.length;
      }
      return { shown };
    },
    finish() {
      let shown = '';
      const rest = line === '' ? '' : `${line}\n`;
      if (waiting !== undefined) {
        if (reader.ends(waiting, line === '' ? undefined : line)) return { shown, rest };
        shown += `${waiting}\n`;
        if (reader.broken) return { shown, early: reader.early, rest };
      }
      if (line !== '') {
        if (reader.ends(line, undefined)) return { shown, rest: '' };
        shown += `${line.slice(shownLength)}\n`;
      }
      return { shown, early: reader.early, rest: '' };
    },
  };
}
