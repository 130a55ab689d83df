/** Which file an answer says its code belongs to: a path in the fence's info string or in a comment of the first line. */

export interface NamedPath {
  /** With `/`, relative, without `.` and `..`. */
  path: string;
  /** Where the code begins behind the comment that names the path; 0 when the info string does. */
  codeStart: number;
}

/** `undefined` when the code names no file, or one that could lie outside the workspace. */
export function namedPath(info: string, code: string): NamedPath | undefined {
  const inInfo = pathInInfo(info);
  if (inInfo) return { path: inInfo, codeStart: 0 };
  const end = code.indexOf('\n');
  // Code that is nothing but the comment would leave nothing.
  if (end === -1) return undefined;
  const path = pathInComment(code.slice(0, end));
  return path === undefined ? undefined : { path, codeStart: end + 1 };
}

/** `ts src/a.ts`, `ts title="src/a.ts"`, `ts:src/a.ts`, `src/a.ts`. One word alone is a language, unless it has a `/`. */
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

/** What a comment begins and ends with. */
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

/** The path in its plain form; nothing that is absolute, climbs out, or does not look like a file's name. */
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
  // Sentences have dots and slashes too.
  const looksLikeFile =
    /^[^ ]*\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(name) || /^(?:Dockerfile|Makefile)$/.test(name);
  return looksLikeFile && !parts.some((part) => / {2}/.test(part)) ? path : undefined;
}
