/** Tells which paths the `.gitignore` files of a repository ignore, each file for its own folder. */

import { foldCase, type IgnoreRule, isIgnoredBy, parseIgnoreRules, toBytes } from './ignoreRules.ts';
import { limitMatching } from './matchBudget.ts';
import type { Budget } from './pathPattern.ts';

export interface IgnoreTree {
  /** Adds the text of the `.gitignore` in `folder`, which is relative to the repository, with `/`; '' for its root. */
  set(folder: string, text: string): void;
  /** Refuses the `.gitignore` in `folder`: all files in the folder count as ignored. */
  refuse(folder: string): void;
  /** Whether any rules are refused. */
  readonly isRefused: boolean;
  /** `path`: of a file, or of a folder with `/` at its end, relative to the repository. */
  ignores(path: string): boolean;
}

/** Limit for one file. */
export const mostIgnoreBytes = 300_000;
/** Limit for all files. */
const mostBytes = 10 * mostIgnoreBytes;
/** Limit for one line; no path is longer. */
const mostLineBytes = 4096;
/** Counted for each line beside its bytes. */
const lineCost = 20;

/** The state of a folder. */
interface Known {
  isIgnored: boolean;
  /** The rules for its content, the nearest first. */
  rules: Rules | undefined;
}

/** The rules of one folder and those of its parents. `depth`: the number of segments of the folder's path. */
interface Rules {
  here: readonly IgnoreRule[] | 'refused';
  depth: number;
  above: Rules | undefined;
}

/** Git sets `core.ignoreCase` on these platforms, whose file systems ignore case. */
const systemFoldsCase = process.platform === 'win32' || process.platform === 'darwin';

/**
 * Calls `onRefused` once when rules are too large or would take seconds; all that they might match counts as ignored.
 */
export function createIgnoreTree(
  onRefused: () => void = () => {},
  { foldsCase = systemFoldsCase }: { foldsCase?: boolean } = {},
): IgnoreTree {
  const encode = (text: string): string => toBytes(foldsCase ? foldCase(text) : text);
  const rulesIn = new Map<string, Rules['here']>();
  const folders = new Map<string, Known>();
  let bytes = 0;
  let isRefused = false;
  const tellRefused = (): void => {
    if (!isRefused) onRefused();
    isRefused = true;
  };
  const enter = (folder: string, depth: number, isIgnored: boolean, above: Rules | undefined): Known => {
    const here = rulesIn.get(folder);
    const known = { isIgnored, rules: here ? { here, depth, above } : above };
    folders.set(folder, known);
    return known;
  };
  const ignores = limitMatching((given, budget) => {
    const isFolder = given.endsWith('/');
    const whole = isFolder ? given.slice(0, -1) : given;
    const path = encode(whole).split('/');
    let inside = folders.get('') ?? enter('', 0, false, undefined);
    let end = whole.indexOf('/');
    for (let depth = 1; depth < path.length; depth++) {
      const folder = whole.slice(0, end);
      inside =
        folders.get(folder) ??
        // As in Git, no rule takes back a file in an ignored folder.
        enter(
          folder,
          depth,
          inside.isIgnored ||
            isIgnoredIn(inside.rules, { path: path.slice(0, depth), isFolder: true, budget }),
          inside.rules,
        );
      end = whole.indexOf('/', end + 1);
    }
    return inside.isIgnored || isIgnoredIn(inside.rules, { path, isFolder, budget });
  }, tellRefused);
  const refuse = (folder: string): void => {
    rulesIn.set(folder, 'refused');
    folders.clear();
    tellRefused();
  };
  return {
    set(folder, text) {
      if (text.length > mostIgnoreBytes) return refuse(folder);
      const encoded = encode(text);
      const lines = encoded.split('\n');
      const size = encoded.length + lineCost * lines.length;
      bytes += size;
      if (size > mostIgnoreBytes || bytes > mostBytes) return refuse(folder);
      if (lines.some((line) => line.length > mostLineBytes)) return refuse(folder);
      rulesIn.set(folder, parseIgnoreRules(lines));
      folders.clear();
    },
    refuse,
    get isRefused() {
      return isRefused;
    },
    ignores: (path) => rulesIn.size > 0 && ignores(path),
  };
}

/** The nearest `.gitignore` with a matching rule decides. */
function isIgnoredIn(
  rules: Rules | undefined,
  place: { path: readonly string[]; isFolder: boolean; budget: Budget },
): boolean {
  for (let next = rules; next; next = next.above) {
    if (next.here === 'refused') return true;
    const isIgnored = isIgnoredBy(next.here, { ...place, from: next.depth });
    if (isIgnored !== undefined) return isIgnored;
  }
  return false;
}

/** The parent's path; '' for the root's content. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Limit, as VS Code passes the names as one argument of a command. */
const mostNames = 200;

/**
 * Names in a root `.gitignore` that are ignored in every folder, such as `node_modules`, so that a search can skip them.
 * None when the file has negated rules, as then all rules must be evaluated together.
 */
export function plainNames(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines.some((line) => line.startsWith('!'))) return [];
  return lines
    .filter((line) => /^[\w.-]+\/?$/.test(line))
    .map((line) => line.replace(/\/$/, ''))
    .filter((name) => name !== '.gitignore')
    .slice(0, mostNames);
}
