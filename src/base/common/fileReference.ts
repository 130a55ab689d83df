/** A place in a file as answers name it: `src/a.ts`, `src/a.ts:12`, `src/a.ts#L10-L20`. */

import { toRelativePath } from './namedPath.ts';

export interface FileReference {
  /** With `/`; relative, or as absolute as the answer has it. */
  path: string;
  /** Counted from 1. */
  line?: number;
  /** The last line; no less than `line`. */
  endLine?: number;
}

const lines =
  /(?::L?(\d{1,7})(?::\d{1,7})?(?:[-–]L?(\d{1,7})(?::\d{1,7})?)?|#L(\d{1,7})(?:C\d{1,7})?(?:[-–]L?(\d{1,7})(?:C\d{1,7})?)?)$/;

/** `undefined` for what names no file, or climbs out of where it begins. */
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

/** As `parseFileReference` reads it. */
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

/** With blanks in its name too, unlike what is found in text. */
function toPlainPath(text: string): string | undefined {
  const path = text.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  const checked = path.replaceAll(' ', '_');
  return toRelativePath(checked) === checked ? path : undefined;
}

/** `/…`, `C:/…`, `file:///…`, without `..`: whoever opens it looks where it lies. Nothing that names another machine. */
function toAbsolutePath(text: string): string | undefined {
  if (text.startsWith('\\')) return undefined;
  const path = text.replace(/^file:\/\/(?=\/)/i, '').replaceAll('\\', '/');
  const [, inside] = /^(?:\/?[A-Za-z]:\/|\/)(.+)$/.exec(path) ?? [];
  return inside !== undefined && toPlainPath(inside) === inside ? path : undefined;
}

/** References with a line in running text, such as `see src/a.ts:12.`; where each begins and ends. */
export function referencesIn(text: string): { start: number; end: number; reference: FileReference }[] {
  return [...text.matchAll(inText)].flatMap(({ 0: found, index }) => {
    const reference = parseFileReference(found);
    return reference?.line === undefined ? [] : [{ start: index, end: index + found.length, reference }];
  });
}

/** Chinese stands right beside names without a blank: only letters of file names count. */
const inText =
  /(?<![\w@/\\.:%~-])(?:\.\/)?[\w@~+-][\w@~+.-]{0,99}(?:[/\\][\w@~+.()[\]-]{1,100}){0,20}(?::\d{1,7}(?::\d{1,7})?(?:[-–]\d{1,7})?|#L\d{1,7}(?:-L?\d{1,7})?)(?![\w/\\-]|:\w)/g;
