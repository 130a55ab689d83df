/** Takes the code out of an answer to an edit: models wrap it in fences and sentences, however they are asked. */

export interface ExtractOptions {
  /** The document is prose: sentences may be what was asked for. */
  prose: boolean;
  /** The document is Markdown: fences may be so as well. */
  markdown?: boolean;
  /** Whether this is all of the answer. If not, its last line may go on and is left out. */
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
  const opening = markdown ? wrapperIn(lines) : lines.findIndex((line) => fenceOf(line) !== undefined);
  if (opening !== -1) {
    const inside = markdown ? insideWrapper(lines, opening, complete) : insideFence(lines, opening);
    return { lines: trimBlank(inside.lines), closed: inside.closed };
  }
  // Half a line may be the beginning of a fence.
  const bare = prose ? lines : withoutSentences(lines, complete);
  return { lines: trimBlank(bare), closed: complete };
}

interface Fence {
  mark: string;
  length: number;
  info: string;
  indentation: string;
}

function fenceOf(line: string): Fence | undefined {
  const [start = '', indentation = '', run = ''] = /^([ \t]*)(`{3,}|~{3,})/.exec(line) ?? [];
  const info = line.slice(start.length).trim();
  if (run === '' || (run.startsWith('`') && info.includes('`'))) return undefined;
  return { mark: run.charAt(0), length: run.length, info, indentation };
}

/** Up to the fence that closes the first; a fence with a language in it opens one of its own. */
function insideFence(lines: readonly string[], opening: number): Extracted {
  const first = fenceOf(lines[opening] ?? '');
  const inside: string[] = [];
  let depth = 1;
  for (const line of lines.slice(opening + 1)) {
    const fence = fenceOf(line);
    if (first && fence && fence.mark === first.mark && fence.length >= first.length) {
      depth += fence.info === '' ? -1 : 1;
      if (depth === 0) return { lines: outdent(inside, first.indentation), closed: true };
    }
    inside.push(line);
  }
  return { lines: outdent(inside, first?.indentation ?? ''), closed: false };
}

/** A fence in a list stands as deep as the list. */
function outdent(lines: readonly string[], indentation: string): string[] {
  if (indentation === '' || !lines.every((line) => line.trim() === '' || line.startsWith(indentation)))
    return [...lines];
  return lines.map((line) => line.slice(indentation.length));
}

/** The fence around a whole Markdown text: it comes first, or says that it holds Markdown. */
function wrapperIn(lines: readonly string[]): number {
  const first = lines.findIndex((line) => line.trim() !== '');
  const wraps = (line: string, index: number): boolean => {
    const fence = fenceOf(line);
    if (!fence) return false;
    return (
      /^(?:markdown|md|mdx|text|txt|plaintext|plain)\b/i.test(fence.info) ||
      (index === first && fence.info === '')
    );
  };
  return lines.findIndex(wraps);
}

/** Markdown has fences of its own, bare ones too: only the last one can be the wrapper's end. */
function insideWrapper(lines: readonly string[], opening: number, complete: boolean): Extracted {
  const first = fenceOf(lines[opening] ?? '');
  const isEnd = (line: string): boolean => {
    const fence = fenceOf(line);
    return (
      fence !== undefined && fence.info === '' && fence.mark === first?.mark && fence.length >= first.length
    );
  };
  const last = lines.findLastIndex((line, index) => index > opening && isEnd(line));
  if (complete) {
    return last === -1
      ? { lines: lines.slice(opening + 1), closed: false }
      : { lines: lines.slice(opening + 1, last), closed: true };
  }
  const end = last === lines.length - 1 ? last : lines.length;
  return { lines: lines.slice(opening + 1, end), closed: false };
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

/** A line of talk: words and the marks of a sentence, and nothing that only code has. */
function isSentence(line: string): boolean {
  const text = line.trim();
  if (/^(?:\/\/|\/\*|\*|#|--|;|%|<!--|"|'|@)/.test(text)) return false;
  if (/[{};=<>[\]|\\]|\w\(|=>|::|^\w+\.\w+$/.test(text.replaceAll(/`[^`]*`/g, ''))) return false;
  const words = text.split(/\s+/).length;
  const chinese = /\p{Script=Han}{2}/u.test(text) && /[。：！？，:]$|，/u.test(text);
  return (
    chinese || /^[A-Z][a-z]+!$/.test(text) || (words >= 3 && /^[A-Z“"']/.test(text) && /[.:!?…]$/.test(text))
  );
}

/** Some models write their reasoning into the answer. */
function withoutThoughts(text: string): string {
  const [start] = /^\s*<think>/.exec(text) ?? [];
  if (start === undefined) return text;
  const end = text.indexOf('</think>');
  return end === -1 ? '' : text.slice(end + '</think>'.length);
}

function trimBlank(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => line.trim() !== '') + 1);
}
