/** Settings of globs, such as `files.exclude`. */

import picomatch from 'picomatch';

/**
 * `value`: a setting's, of any form, meant to map globs to whether they hold. Tests paths with `/`; what is in an excluded
 * folder is excluded. Globs with a `when` need the files beside and do not hold here; those of wrong form neither, nor
 * those that would take seconds to test.
 */
export function compileGlobs(value: unknown): (path: string) => boolean {
  if (typeof value !== 'object' || value === null) return () => false;
  const tests = Object.entries(value).flatMap(([glob, holds]) => {
    if (holds !== true || glob === '' || isSlow(glob)) return [];
    try {
      // In VS Code's globs brackets of this form are letters as any others.
      const clean = glob
        .replace(/^\.?\//, '')
        .replace(/\/$/, '')
        .replace(/[()|]/g, '\\$&');
      return [picomatch([clean, `${clean}/**`], { dot: true, nonegate: true })];
    } catch {
      return [];
    }
  });
  return (path) => tests.some((test) => test(path));
}

/** With each star in a part of a path the time grows by the length of the name once more. */
const mostStars = 3;

function isSlow(glob: string): boolean {
  return glob.split('/').some((part) => part !== '**' && (part.match(/\*+/g)?.length ?? 0) > mostStars);
}
