/** Finds the file path that a code block names, in its info string or in a comment on its first line. */

export interface NamedPath {
  /** Relative, with `/`, without `.` and `..`. */
  path: string;
  /** Offset of the code after the comment that names the path; 0 if the info string names it. */
  codeStart: number;
}

/** `undefined` if the code names no file, or one that may lie outside the workspace. */
export function namedPath(info: string, code: string): NamedPath | undefined {
  const inInfo = pathInInfo(info);
  if (inInfo) return { path: inInfo, codeStart: 0 };
  const end = code.indexOf('\n');
  // Without a second line, the comment is the code.
  if (end === -1) return undefined;
  const path = pathInComment(code.slice(0, end));
  return path === undefined ? undefined : { path, codeStart: end + 1 };
}

/** `ts src/a.ts`, `ts title="src/a.ts"`, `ts:src/a.ts`, `src/a.ts`. A single word is a language, unless it contains a `/`. */
function pathInInfo(info: string): string | undefined {
  const [first = '', ...words] = info.trim().split(/\s+/);
  const afterColon = /^[\w+#-]+:(?!\/\/)(.+)$/.exec(first)?.[1];
  const candidates = [...words, afterColon ?? (first.includes('/') ? first : '')];
  for (const word of candidates) {
    const value = word
      .replace(/^\{|\}$/g, '')
      .replace(/^(?:title|file|filename|path)=/i, '')
      .replace(/^(["'])(.*)\1$/, '$2');
    const path = toRelativePath(value);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** Opening and closing marks of comments. */
const comments: readonly { opening: RegExp; closing: string }[] = [
  { opening: /^(?:\/\/[/!]?|#|--|;+|%+)/, closing: '' },
  { opening: /^\/\*+/, closing: '*/' },
  { opening: /^<!--/, closing: '-->' },
];

function pathInComment(line: string): string | undefined {
  const text = line.trim();
  for (const { opening, closing } of comments) {
    const mark = opening.exec(text)?.[0];
    if (mark === undefined || !text.endsWith(closing)) continue;
    const inside = text.slice(mark.length, text.length - closing.length).trim();
    return toRelativePath(inside.replace(/^(?:file(?:name|path)?|path|文件名?|路径)\s*[:：]\s*/i, ''));
  }
  return undefined;
}

/** Normalizes a path; `undefined` if it is absolute, contains `..`, or does not look like a file name. */
export function toRelativePath(text: string): string | undefined {
  const path = text
    .replace(/:\d+(?:-\d+)?$/, '')
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  if (path.length > 300 || !/^[\p{L}\p{N}_@$()[\]+~.-][\p{L}\p{N}_@$()[\]+~. /-]*$/u.test(path))
    return undefined;
  if (path.startsWith('~')) return undefined;
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /^\s|[\s.]$/.test(part)))
    return undefined;
  const name = parts.at(-1) ?? '';
  // Sentences contain dots and slashes as well.
  const looksLikeFile =
    /^[^ ]*\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(name) || /^(?:Dockerfile|Makefile)$/.test(name);
  return looksLikeFile && !parts.some((part) => / {2}/.test(part)) ? path : undefined;
}
