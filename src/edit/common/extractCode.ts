/** Extracts the code from an answer to an edit, which models often wrap in fences and sentences. */

import { createFenceReader, type Fence, fenceAt } from '../../base/common/fence.ts';
import { isSentence, stripThinking, trimBlankLines } from '../../base/common/proseAroundCode.ts';

export interface ExtractOptions {
  /** The document is prose, so sentences may be the requested text. */
  prose: boolean;
  /** The document is Markdown, so fences may be part of the requested text. */
  markdown?: boolean;
  /** Whether the answer is complete. Otherwise its last line may be incomplete and is dropped. */
  complete: boolean;
}

interface BlockOptions {
  markdown: boolean;
  complete: boolean;
}

export interface Extracted {
  /** Complete lines without line ends; empty if there is no code (yet). */
  lines: string[];
  /** Whether the code is complete: its fence is closed, or the complete answer has no fence. */
  closed: boolean;
}

/** Linear in the answer's length; may be called again as the answer grows. */
export function extractCode(
  answer: string,
  { prose, markdown = false, complete }: ExtractOptions,
): Extracted {
  const text = stripThinking(answer.replaceAll('\r\n', '\n'));
  const all = text.split('\n');
  const lines = complete ? all : all.slice(0, -1);
  const opening = markdown ? wrapperIn(lines) : lines.findIndex((line) => fenceIn(line) !== undefined);
  if (opening !== -1) {
    const inside = blockIn(lines, opening, { markdown, complete });
    return { lines: trimBlankLines(inside.lines), closed: inside.closed };
  }
  // An incomplete line may be the start of a fence.
  const bare = prose ? lines : withoutSentences(lines, complete);
  return { lines: trimBlankLines(bare), closed: complete };
}

/** The content of the block that a fence opens. */
function blockIn(lines: readonly string[], opening: number, { markdown, complete }: BlockOptions): Extracted {
  const first = lines[opening] ?? '';
  const quote = quoteMarks.exec(first)?.[0] ?? '';
  const below = quote === '' ? lines.slice(opening + 1) : quoted(lines.slice(opening + 1), quote);
  const indentation = /^[ \t]*/.exec(first.slice(quote.length))?.[0] ?? '';
  const fence = fenceIn(first);
  if (!fence) return { lines: [], closed: false };
  const reader = createFenceReader(fence, markdown ? { markdown } : {});
  const inside = (end: number): string[] => outdent(below.slice(0, end), indentation);
  for (const [index, line] of below.entries()) {
    const stripped = withoutIndentation(line, indentation);
    // The next line, which is still missing, decides whether this one closes the block.
    if (!complete && index === below.length - 1 && reader.needsNext(stripped))
      return { lines: inside(index), closed: false };
    if (reader.ends(stripped, below[index + 1])) return { lines: inside(index), closed: true };
    if (reader.broken) break;
  }
  const early = complete || reader.broken ? reader.early : undefined;
  return { lines: inside(early ?? below.length), closed: early !== undefined };
}

const quoteMarks = /^(?: {0,3}> ?)+/;

function fenceIn(line: string): Fence | undefined {
  return fenceAt(line.replace(quoteMarks, '').trim());
}

/** The following lines of the blockquote, without its marks. */
function quoted(lines: readonly string[], quote: string): string[] {
  const end = lines.findIndex((line) => !line.startsWith(quote.trimEnd()));
  return lines
    .slice(0, end === -1 ? undefined : end)
    .map((line) => line.slice(line.startsWith(quote) ? quote.length : quote.trimEnd().length));
}

/** Removes the indentation of a fence inside a list from the block's content. */
function outdent(lines: readonly string[], indentation: string): string[] {
  if (!lines.every((line) => line.trim() === '' || line.startsWith(indentation))) return [...lines];
  return lines.map((line) => withoutIndentation(line, indentation));
}

function withoutIndentation(line: string, indentation: string): string {
  return line.startsWith(indentation) ? line.slice(indentation.length) : line;
}

/** Index of the fence around a whole Markdown text: the first line, or one whose info string says so; -1 if there is none. */
function wrapperIn(lines: readonly string[]): number {
  const first = lines.findIndex((line) => line.trim() !== '');
  return lines.findIndex((line, index) => {
    const fence = fenceAt(line.trim());
    if (!fence) return false;
    return (
      /^(?:markdown|md|mdx|text|txt|plaintext|plain)\b/i.test(fence.info) ||
      (index === first && fence.info === '')
    );
  });
}

/** For answers without a fence: drops sentences before and after the code. Empty while the text may still be prose. */
function withoutSentences(lines: readonly string[], complete: boolean): string[] {
  // While the answer streams, wait after a short first line that may be prose, such as "So:".
  const opening = lines.find((line) => line.trim() !== '') ?? '';
  if (!complete && /^[\p{Lu}\p{Script=Han}].*[:：.。!！]$/u.test(opening)) return [];
  const first = lines.findIndex((line) => line.trim() !== '' && !isSentence(line));
  if (first === -1) return [];
  if (!complete && first > 0 && lines.slice(0, first).some((line) => line.trim() !== '')) return [];
  const last = lines.findLastIndex((line) => line.trim() !== '' && !isSentence(line));
  return lines.slice(first, last + 1);
}
