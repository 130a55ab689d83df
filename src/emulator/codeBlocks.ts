/** Parses the fenced code blocks of a question. */

export interface CodeBlock {
  language?: string;
  path?: string;
  /** 1-based, inclusive. */
  startLine?: number;
  endLine?: number;
  code: string;
}

/**
 * The blocks, and the text without them. Knows the form in which Qiao attaches code, and is lenient with others: path and
 * lines may stand anywhere in the fence, or in the line above it.
 */
export function parseCodeBlocks(text: string): { prose: string; blocks: CodeBlock[] } {
  const prose: string[] = [];
  const blocks: CodeBlock[] = [];
  let open: { marks: string; block: CodeBlock; lines: string[] } | undefined;
  const close = () => {
    if (open !== undefined) {
      blocks.push({ ...open.block, code: open.lines.join('\n') });
      open = undefined;
    }
  };
  for (const line of text.split('\n')) {
    const [start = '', marks] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    const info = line.slice(start.length);
    if (open === undefined && marks !== undefined) {
      open = { marks, block: readFence(info, prose), lines: [] };
    } else if (open === undefined) {
      prose.push(line);
    } else if (marks?.startsWith(open.marks) && info.trim() === '') {
      close();
    } else {
      open.lines.push(line);
    }
  }
  close();
  return { prose: prose.join('\n').trim(), blocks };
}

/** Takes the line above the fence out of `prose` when that is where the path stands. */
function readFence(info: string, prose: string[]): CodeBlock {
  const [, ownLanguage, ownPath, first, last] = /^(\S*) (.+):(\d+)-(\d+)$/.exec(info) ?? [];
  if (ownPath !== undefined) {
    const language = ownLanguage === '' ? undefined : ownLanguage;
    return { language, path: ownPath, startLine: Number(first), endLine: Number(last), code: '' };
  }
  const language = /^\s*([A-Za-z0-9+#_-]+)(?=\s|$)/.exec(info)?.[1];
  const above = prose.findLast((line) => line.trim() !== '') ?? '';
  if (filePath.test(info)) {
    return { language, ...readLocation(info), code: '' };
  }
  if (filePath.test(above) && lineRange.test(above)) {
    prose.splice(prose.lastIndexOf(above), 1);
    return { language, ...readLocation(above), code: '' };
  }
  return { language, code: '' };
}

function readLocation(text: string): Omit<CodeBlock, 'code'> {
  const [, first, last = first] = lineRange.exec(text) ?? [];
  return {
    path: filePath.exec(text)?.[0],
    startLine: first === undefined ? undefined : Number(first),
    endLine: last === undefined ? undefined : Number(last),
  };
}

/** `:3-9`, `#L3-L9`, `lines 3 to 9`, `第 3 至 9 行` and the like. */
const lineRange = /(?:#L|\blines?[ =:]*|:L?|第\s*)(\d+)(?:\s*(?:-|–|—|to|至|到|:)\s*L?(\d+))?/i;

/** A word with a file extension, and the folders before it. */
const filePath =
  /(?<![\p{L}\p{N}/_.@~-])(?:[\p{L}\p{N}_.@~-]+\/)*[\p{L}\p{N}_.@~-]+\.[A-Za-z][A-Za-z0-9]{0,9}(?![\p{L}\p{N}/])/u;
