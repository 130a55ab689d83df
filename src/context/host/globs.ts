/** Compiles settings of globs, such as `files.exclude`, into a test for paths. */

import { limitMatching } from './matchBudget.ts';
import { folders, matchesPath, type PathPattern, parsePathPattern } from './pathPattern.ts';

/** Limit for all globs of a setting, with braces expanded. */
const mostCharacters = 50_000;

/**
 * `value`: of a setting that maps globs to booleans; not validated. The test takes paths with `/`; files in an excluded
 * folder are excluded. Ignores globs with `when`, which need sibling files, and those of wrong form. When the globs are
 * too many, or would take seconds, calls `onRefused` once and excludes every path.
 */
export function compileGlobs(value: unknown, onRefused: () => void = () => {}): (path: string) => boolean {
  if (typeof value !== 'object' || value === null) return () => false;
  const patterns: PathPattern[] = [];
  let left = mostCharacters;
  for (const [glob, holds] of Object.entries(value)) {
    if (holds !== true || glob === '') continue;
    const plain = expandBraces(glob, left);
    if (!plain) {
      onRefused();
      return () => true;
    }
    for (const one of plain) {
      left -= one.length;
      // In VS Code's globs, parentheses, `!` and an unpaired bracket are literal characters.
      const pattern = parsePathPattern(one.replace(/^\.?\//, '').replace(/\/$/, ''), { isLenient: true });
      if (pattern) patterns.push([...pattern, folders]);
    }
  }
  if (patterns.length === 0) return () => false;
  return limitMatching((path, budget) => {
    const place = { path: path.split('/'), from: 0, budget };
    return patterns.some((pattern) => matchesPath(pattern, place));
  }, onRefused);
}

/**
 * Expands `{a,b}` into globs without braces. An unpaired brace, one after `\`, and one in `[…]` are literal characters.
 * `undefined` when the expansion needs more than `mostCharacters` in all.
 */
function expandBraces(glob: string, mostCharacters: number): readonly string[] | undefined {
  const plain = new Set<string>();
  const left = [glob];
  let written = glob.length;
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (written > mostCharacters) return undefined;
    const braces = findInnerBraces(next);
    if (!braces) plain.add(next);
    const [begin = 0, ...ends] = braces ?? [];
    for (const [index, end] of ends.entries()) {
      const alternative = next.slice((ends[index - 1] ?? begin) + 1, end);
      written += begin + alternative.length + next.length - (ends.at(-1) ?? 0);
      if (written > mostCharacters) return undefined;
      left.push(next.slice(0, begin) + alternative + next.slice((ends.at(-1) ?? 0) + 1));
    }
  }
  return [...plain];
}

/** Indexes in the first braces without inner ones: opening brace, commas, closing brace. */
function findInnerBraces(glob: string): number[] | undefined {
  let places: number[] = [];
  const lastBracket = glob.lastIndexOf(']');
  for (let at = 0; at < glob.length; at++) {
    const character = glob.charAt(at);
    if (character === '\\') at++;
    // The first character of a class may be a bracket.
    else if (character === '[' && lastBracket > at + 1) at = glob.indexOf(']', at + 2);
    else if (character === '{') places = [at];
    else if (character === ',' && places.length > 0) places.push(at);
    else if (character === '}' && places.length > 0) return [...places, at];
  }
  return undefined;
}
