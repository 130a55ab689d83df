/** What the `.gitignore` files of a repository leave out: all of them, each for its own folder. */

import ignore, { type Ignore } from 'ignore';

export interface IgnoreTree {
  /** `folder` relative to the repository with `/`, '' for its root; `text` of the `.gitignore` in it. */
  set(folder: string, text: string): void;
  /** Of a file, relative to the repository with `/`. */
  ignores(path: string): boolean;
  /** The same of a folder, and so of all that is in it. */
  ignoresFolder(path: string): boolean;
}

export function createIgnoreTree(): IgnoreTree {
  const rules = new Map<string, Ignore>();
  const folders = new Map<string, boolean>();
  const ignoresFolder = (folder: string): boolean => {
    if (folder === '') return false;
    let known = folders.get(folder);
    if (known === undefined) {
      // Git does not look into an ignored folder: nothing in it comes back.
      known = ignoresFolder(parentOf(folder)) || matches(`${folder}/`);
      folders.set(folder, known);
    }
    return known;
  };
  /** The nearest file that says something about it decides. */
  const matches = (path: string): boolean => {
    for (let folder = parentOf(path.replace(/\/$/, '')); ; folder = parentOf(folder)) {
      const relative = folder === '' ? path : path.slice(folder.length + 1);
      const result = rules.get(folder)?.test(relative);
      if (result?.ignored) return true;
      if (result?.unignored || folder === '') return false;
    }
  };
  return {
    set(folder, text) {
      rules.set(folder, ignore({ allowRelativePaths: true, ignorecase: false }).add(text));
      folders.clear();
    },
    ignoresFolder,
    ignores: (path) => rules.size > 0 && (ignoresFolder(parentOf(path)) || matches(path)),
  };
}

/** '' for what lies in the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/**
 * Names in a root `.gitignore` that are left out wherever they stand, such as `node_modules`: a search that is told
 * them needn't list what is in there. None when the file takes something back: then only all rules together can tell.
 */
export function plainNames(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines.some((line) => line.startsWith('!'))) return [];
  return lines
    .filter((line) => /^[\w.-]+\/?$/.test(line))
    .map((line) => line.replace(/\/$/, ''))
    .filter((name) => name !== '.gitignore');
}
