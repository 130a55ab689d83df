/** Settings of globs, such as `files.exclude`. */

import { expandBraces } from './braces.ts';
import { limitMatching } from './matchBudget.ts';
import { folders, matchesPath, type PathPattern, parsePathPattern } from './pathPattern.ts';

/** Of all globs of a setting, written without braces. */
const mostCharacters = 50_000;

/**
 * `value`: a setting's, of any form, meant to map globs to whether they hold. Tests paths with `/`; what is in an excluded
 * folder is excluded. Globs with a `when` need the files beside and do not hold here; those of wrong form neither. When
 * the globs are too many, or would take seconds, `onRefused` is called once and every path is excluded.
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
      // In VS Code's globs, parentheses and `!` are letters, and so is a bracket alone.
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
