/** Takes the code out of an answer to an edit: models wrap it in fences and sentences, however they are asked. */

import { createFenceReader, type Fence, fenceAt } from '../../base/common/fence.ts';
import { isSentence, trimBlank, withoutThoughts } from '../../base/common/talk.ts';

export interface ExtractOptions {
  /** The document is prose: sentences may be what was asked for. */
  prose: boolean;
  /** The document is Markdown: fences may be so as well. */
  markdown?: boolean;
  /** Whether this is all of the answer. If not, its last line may go on and is left out. */
  complete: boolean;
}

interface BlockOptions {
  markdown: boolean;
  complete: boolean;
}

export interface Extracted {
  /** Complete lines without line ends; none when there is no code (yet). */
  lines: string[];
  /** Everything is there: the fence was closed, or the answer ended without one. */
  closed: boolean;
}

/** Can be called again and again as the answer grows; linear in its length. */
export function extractCode(
  answer: string,
  { prose, markdown = false, complete }: ExtractOptions,
): Extracted {
  const text = withoutThoughts(answer.replaceAll('\r\n', '\n'));
  const all = text.split('\n');
  const lines = complete ? all : all.slice(0, -1);
  const opening = markdown ? wrapperIn(lines) : lines.findIndex((line) => fenceIn(line) !== undefined);
  if (opening !== -1) {
    const inside = blockIn(lines, opening, { markdown, complete });
    return { lines: trimBlank(inside.lines), closed: inside.closed };
  }
  // Half a line may be the beginning of a fence.
  const bare = prose ? lines : withoutSentences(lines, complete);
  return { lines: trimBlank(bare), closed: complete };
}

/** The block that a fence opens. */
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
    // Whether it ends the block shows with the line that is still to come.
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

/** The lines that go on with a quotation, without its marks. */
function quoted(lines: readonly string[], quote: string): string[] {
  const end = lines.findIndex((line) => !line.startsWith(quote.trimEnd()));
  return lines
    .slice(0, end === -1 ? undefined : end)
    .map((line) => line.slice(line.startsWith(quote) ? quote.length : quote.trimEnd().length));
}

/** A fence in a list stands as deep as the list, and so does what it holds. */
function outdent(lines: readonly string[], indentation: string): string[] {
  if (!lines.every((line) => line.trim() === '' || line.startsWith(indentation))) return [...lines];
  return lines.map((line) => withoutIndentation(line, indentation));
}

function withoutIndentation(line: string, indentation: string): string {
  return line.startsWith(indentation) ? line.slice(indentation.length) : line;
}

/** The fence around a whole Markdown text: it comes first, or says that it holds Markdown. */
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

/** Without a fence: code from the first line on that is none of a sentence's. While it could still be talk, nothing. */
function withoutSentences(lines: readonly string[], complete: boolean): string[] {
  // While more comes, a short first line that may be talk ("So:") is held back as well.
  const opening = lines.find((line) => line.trim() !== '') ?? '';
  if (!complete && /^[\p{Lu}\p{Script=Han}].*[:：.。!！]$/u.test(opening)) return [];
  const first = lines.findIndex((line) => line.trim() !== '' && !isSentence(line));
  if (first === -1) return [];
  if (!complete && first > 0 && lines.slice(0, first).some((line) => line.trim() !== '')) return [];
  const last = lines.findLastIndex((line) => line.trim() !== '' && !isSentence(line));
  return lines.slice(first, last + 1);
}
