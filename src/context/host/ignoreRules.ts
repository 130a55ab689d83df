/** The rules of one `.gitignore`, see gitignore(5). */

import {
  anyName,
  type Budget,
  folders,
  matchesPath,
  type PathPattern,
  parsePathPattern,
} from './pathPattern.ts';

/** A rule says of what it matches whether it is ignored. */
export interface IgnoreRule {
  pattern: PathPattern;
  /** Begins with `!`: takes back what an earlier rule ignores. */
  isNegated: boolean;
  /** Ends with `/`. */
  isForFolders: boolean;
  /** Holds no other `/`: what counts is the last segment of a path alone. */
  isName: boolean;
}

/** In the order of the lines, see `toBytes`; those that match nothing are left out. */
export function parseIgnoreRules(lines: readonly string[]): readonly IgnoreRule[] {
  return lines.flatMap(parseLine);
}

/** What the last rule says that matches; `undefined` when none does. `path`: segments, of which those from `from` on count. */
export function isIgnoredBy(
  rules: readonly IgnoreRule[],
  { isFolder, ...place }: { path: readonly string[]; from: number; isFolder: boolean; budget: Budget },
): boolean | undefined {
  // Rules without wildcards take few steps, but not none.
  place.budget.left -= rules.length / 4;
  const name = { ...place, from: place.path.length - 1 };
  const rule = rules.findLast(
    ({ pattern, isForFolders, isName }) =>
      (isFolder || !isForFolders) && matchesPath(pattern, isName ? name : place),
  );
  return rule && !rule.isNegated;
}

/**
 * Git compares bytes: `?` is one of the three that a Chinese character has in UTF-8. So each byte becomes a character, in
 * paths and in patterns.
 */
export function toBytes(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text).toString('latin1');
}

/** Letters of ASCII in small, as Git compares them where case does not count; capitals as a class are any letters then. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()).replaceAll('[:upper:]', '[:alpha:]');
}

/** The rules that together say what the line says. */
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
    // At the end, `**` stands for what is in the folder, not for the folder.
    const pattern: PathPattern = segments.at(-1) === folders ? [...segments, anyName] : segments;
    return { pattern, isNegated, isForFolders, isName };
  });
}

/**
 * Git compares what stands ahead of the first wildcard by itself (`match_pathname` in dir.c). A `**` right behind it then
 * begins the rest and stands for folders, whatever the documentation says: `a**` with `/b` behind it keeps `ab` out, too, and
 * every `b` below a folder whose name begins with `a`.
 */
function spellOut(path: string): string[] {
  const [, start, rest] = /^([^*?[\\]*[^*?[\\/])\*{2,}(?:\/\*{2,})*(\/.*)?$/s.exec(path) ?? [];
  if (start === undefined) return [path];
  return rest === undefined
    ? [`${start}*`, `${start}*/**`]
    : [`${start}*/**${rest}`, `${start}${rest.slice(1)}`];
}

/** A blank after a `\` stays. */
function withoutBlanksAtEnd(line: string): string {
  let end = 0;
  for (let at = 0; at < line.length; at++) {
    if (line.charAt(at) === '\\') at++;
    else if (line.charAt(at) === ' ') continue;
    end = Math.min(at + 1, line.length);
  }
  return line.slice(0, end);
}
