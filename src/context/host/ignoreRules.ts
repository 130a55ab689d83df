/** Parses and evaluates the rules of one `.gitignore`, see gitignore(5). */

import {
  anyName,
  type Budget,
  folders,
  matchesPath,
  type PathPattern,
  parsePathPattern,
} from './pathPattern.ts';

export interface IgnoreRule {
  pattern: PathPattern;
  /** Starts with `!`: takes back what an earlier rule ignores. */
  isNegated: boolean;
  /** Ends with `/`. */
  isForFolders: boolean;
  /** Contains no other `/`: matches the last segment of a path only. */
  isName: boolean;
}

/** Parses lines encoded by `toBytes`, in their order; omits rules that match nothing. */
export function parseIgnoreRules(lines: readonly string[]): readonly IgnoreRule[] {
  return lines.flatMap(parseLine);
}

/** The result of the last matching rule; `undefined` when none matches. `path`: segments; those before `from` are skipped. */
export function isIgnoredBy(
  rules: readonly IgnoreRule[],
  { isFolder, ...place }: { path: readonly string[]; from: number; isFolder: boolean; budget: Budget },
): boolean | undefined {
  // Rules without wildcards also take some steps.
  place.budget.left -= rules.length / 4;
  const name = { ...place, from: place.path.length - 1 };
  const rule = rules.findLast(
    ({ pattern, isForFolders, isName }) =>
      (isFolder || !isForFolders) && matchesPath(pattern, isName ? name : place),
  );
  return rule && !rule.isNegated;
}

/**
 * Converts each byte of UTF-8 to a character, in paths and in patterns, as Git compares bytes: `?` matches one of the
 * three bytes of a Chinese character.
 */
export function toBytes(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text).toString('latin1');
}

/** Lowers ASCII letters, as Git does when it ignores case; the class of capitals then matches any letter. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()).replaceAll('[:upper:]', '[:alpha:]');
}

/** The rules that are together equivalent to the line. */
function parseLine(line: string): IgnoreRule[] {
  const text = withoutBlanksAtEnd(line.replace(/\r$/, ''));
  if (text.startsWith('#')) return [];
  const isNegated = text.startsWith('!');
  const isForFolders = text.endsWith('/');
  const whole = text.slice(isNegated ? 1 : 0, isForFolders ? -1 : undefined);
  if (whole === '') return [];
  const isName = !whole.includes('/');
  const patterns = isName ? [whole] : spellOut(whole.replace(/^\//, ''));
  return patterns.flatMap((one) => {
    const segments = parsePathPattern(one, { isLenient: false });
    if (!segments) return [];
    // A trailing `**` matches the folder's content, not the folder.
    const pattern: PathPattern = segments.at(-1) === folders ? [...segments, anyName] : segments;
    return { pattern, isNegated, isForFolders, isName };
  });
}

/**
 * Git compares the text before the first wildcard separately (`match_pathname` in dir.c). A `**` directly after it then
 * starts the rest and matches folders, contrary to the documentation: `a**` followed by `/b` also matches `ab`, and every
 * `b` below a folder whose name starts with `a`.
 */
function spellOut(path: string): string[] {
  const [, start, rest] = /^([^*?[\\]*[^*?[\\/])\*{2,}(?:\/\*{2,})*(\/.*)?$/s.exec(path) ?? [];
  if (start === undefined) return [path];
  return rest === undefined
    ? [`${start}*`, `${start}*/**`]
    : [`${start}*/**${rest}`, `${start}${rest.slice(1)}`];
}

/** Removes blanks at the end, except one after `\`. */
function withoutBlanksAtEnd(line: string): string {
  let end = 0;
  for (let at = 0; at < line.length; at++) {
    if (line.charAt(at) === '\\') at++;
    else if (line.charAt(at) === ' ') continue;
    end = Math.min(at + 1, line.length);
  }
  return line.slice(0, end);
}
