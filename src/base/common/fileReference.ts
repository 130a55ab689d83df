/** Parses file references in answers: `src/a.ts`, `src/a.ts:12`, `src/a.ts#L10-L20`. */

import { toRelativePath } from './namedPath.ts';

export interface FileReference {
  /** With `/`; relative or absolute, as in the answer. */
  path: string;
  /** 1-based. */
  line?: number;
  /** The last line, inclusive; greater than `line`. */
  endLine?: number;
}

const lines =
  /(?::L?(\d{1,7})(?::\d{1,7})?(?:[-–]L?(\d{1,7})(?::\d{1,7})?)?|#L(\d{1,7})(?:C\d{1,7})?(?:[-–]L?(\d{1,7})(?:C\d{1,7})?)?)$/;

/** `undefined` if the text is not a file path or contains `..`. */
export function parseFileReference(text: string): FileReference | undefined {
  if (text.length > 500) return undefined;
  const found = lines.exec(text);
  const name = decode(found ? text.slice(0, found.index) : text);
  const path = name && (toPlainPath(name) ?? toAbsolutePath(name));
  if (!path) return undefined;
  const [first, last] = [found?.[1] ?? found?.[3], found?.[2] ?? found?.[4]].map(Number);
  if (!first) return { path };
  return last && last > first ? { path, line: first, endLine: last } : { path, line: first };
}

/** The inverse of `parseFileReference`. */
export function formatFileReference({ path, line, endLine }: FileReference): string {
  return `${path}${line === undefined ? '' : `:${line}`}${endLine === undefined ? '' : `-${endLine}`}`;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A relative path; unlike references in running text, it may contain blanks. */
function toPlainPath(text: string): string | undefined {
  const path = text.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  const checked = path.replaceAll(' ', '_');
  return toRelativePath(checked) === checked ? path : undefined;
}

/** Accepts `/…`, `C:/…` and `file:///…`, but no `..` and no other machine. The caller checks where the file lies. */
function toAbsolutePath(text: string): string | undefined {
  if (text.startsWith('\\')) return undefined;
  const path = text.replace(/^file:\/\/(?=\/)/i, '').replaceAll('\\', '/');
  const [, inside] = /^(?:\/?[A-Za-z]:\/|\/)(.+)$/.exec(path) ?? [];
  return inside !== undefined && toPlainPath(inside) === inside ? path : undefined;
}

/** Finds references with a line number in running text, such as `see src/a.ts:12.`, with their offsets. */
export function referencesIn(text: string): { start: number; end: number; reference: FileReference }[] {
  return [...text.matchAll(inText)].flatMap(({ 0: found, index }) => {
    const reference = parseFileReference(found);
    return reference?.line === undefined ? [] : [{ start: index, end: index + found.length, reference }];
  });
}

/** Chinese text adjoins file names without a blank, so only ASCII letters of file names match. */
const inText =
  /(?<![\w@/\\.:%~-])(?:\.\/)?[\w@~+-][\w@~+.-]{0,99}(?:[/\\][\w@~+.()[\]-]{1,100}){0,20}(?::\d{1,7}(?::\d{1,7})?(?:[-–]\d{1,7})?|#L\d{1,7}(?:-L?\d{1,7})?)(?![\w/\\-]|:\w)/g;
