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
  /** The unfinished line, and whether it is shown: then it cannot close the block any more. */
  let line = '';
  let lineIsShown = false;

  return {
    push(text) {
      let shown = '';
      let position = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', position)) {
        const part = text.slice(position, end);
        line += part;
        position = end + 1;
        if (waiting !== undefined) {
          if (reader.ends(waiting, line)) return { shown, rest: `${line}\n${text.slice(position)}` };
          shown += `${waiting}\n`;
          waiting = undefined;
          if (reader.broken) return { shown, early: reader.early, rest: `${line}\n${text.slice(position)}` };
        }
        if (reader.needsNext(line)) waiting = line;
        else if (reader.ends(line, undefined)) return { shown, rest: text.slice(position) };
        else shown += `${lineIsShown ? part : line}\n`;
        line = '';
        lineIsShown = false;
        if (reader.broken) return { shown, early: reader.early, rest: text.slice(position) };
      }
      const part = text.slice(position);
      line += part;
      // A long line is not read again with each part of it.
      if (lineIsShown) shown += part;
      else if (waiting === undefined && line !== '' && !mayClose.test(line)) {
        shown += line;
        lineIsShown = true;
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
        shown += lineIsShown ? '\n' : `${line}\n`;
      }
      return { shown, early: reader.early, rest: '' };
    },
  };
}
