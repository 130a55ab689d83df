/** Streams Markdown into the DOM; the only entry of this folder. */

import { addCodeTools } from './codeBlock.ts';
import { highlightLater } from './highlightQueue.ts';
import { keepSelection } from './keepSelection.ts';
import { harmlessHref, safeHref } from './links.ts';
import type { Dialect } from './nodes.ts';
import { MarkdownTail } from './stream.ts';

export interface MarkdownStream {
  /**
   * Appends all of it. With `goesOn` it may append less: piece by piece, each of at most `pieceLength` UTF-16 units, until
   * that is false. Returns how many units it appended.
   */
  append(text: string, goesOn?: () => boolean): number;
  /** The answer is complete; nothing may be appended after it. */
  finish(): void;
}

/** UTF-16 units that are appended between two questions whether to go on. */
const pieceLength = 2048;

/** What the panel adds to the specifications' Markdown. */
export interface MarkdownOptions {
  /** Code blocks have headers with buttons, tables scroll in boxes, and only http, https and mailto become links. */
  tools?: boolean;
  /** Hears of each element that holds formulas or code and will not change any more. Without it dollars are dollars. */
  onFinished?(element: Element): void;
}

/**
 * Renders Markdown into `target`, which it owns from now on. For any chunking, the DOM after `finish` equals that of
 * appending the whole text at once. An append costs by the length of the open block, not of the answer.
 * Code gets its colours later, when the browser is idle.
 *
 * Without options the DOM is that of the CommonMark and GitHub specifications, with raw HTML shown as text, images
 * as links, and no link that could run anything.
 */
export function createMarkdownStream(
  target: HTMLElement,
  { tools = false, onFinished }: MarkdownOptions = {},
): MarkdownStream {
  const dialect: Dialect = {
    math: onFinished !== undefined,
    tags: tools,
    boxes: tools,
    addresses: tools,
    href: tools ? safeHref : harmlessHref,
  };
  const tail = new MarkdownTail(target, { dialect, tools }, (element) => {
    if (tools) addCodeTools(element);
    highlightLater(element);
    onFinished?.(element);
  });
  return {
    append(text, goesOn) {
      let end = goesOn ? 0 : text.length;
      keepSelection(target, () => {
        if (!goesOn) tail.append(text);
        else
          do {
            const start = end;
            end = Math.min(text.length, start + pieceLength);
            tail.append(text.slice(start, end));
          } while (end < text.length && goesOn());
      });
      return end;
    },
    finish: () => keepSelection(target, () => tail.finish()),
  };
}
