/** What the `.gitignore` files of a repository leave out: all of them, each for its own folder. */

import { foldCase, type IgnoreRule, isIgnoredBy, parseIgnoreRules, toBytes } from './ignoreRules.ts';
import { limitMatching } from './matchBudget.ts';
import type { Budget } from './pathPattern.ts';

export interface IgnoreTree {
  /** `folder` relative to the repository with `/`, '' for its root; `text` of the `.gitignore` in it. */
  set(folder: string, text: string): void;
  /** Refuses the `.gitignore` in `folder`: all that is in it counts as ignored. */
  refuse(folder: string): void;
  /** Whether any rules are refused. */
  readonly isRefused: boolean;
  /** Of a file, or with `/` at the end a folder, relative to the repository with `/`. */
  ignores(path: string): boolean;
}

/** Of one file. */
export const mostIgnoreBytes = 300_000;
/** Of all files. */
const mostBytes = 10 * mostIgnoreBytes;
/** Of one line; no path is longer. */
const mostLineBytes = 4096;
/** What a line costs beside its bytes, in bytes. */
const lineCost = 20;

/** What is known of a folder. */
interface Known {
  isIgnored: boolean;
  /** The rules that count for what is in it, the nearest first. */
  rules: Rules | undefined;
}

/** Of the file in one folder, and what stands above. `depth`: how many segments the folder's path has. */
interface Rules {
  here: readonly IgnoreRule[] | 'refused';
  depth: number;
  above: Rules | undefined;
}

/** Where Git sets `core.ignoreCase` by itself: the file systems there take `Secrets` and `secrets` for one name. */
const systemFoldsCase = process.platform === 'win32' || process.platform === 'darwin';

/**
 * `onRefused` is called once when rules are refused: they are too large, or would take seconds. What they might leave out
 * counts as ignored.
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
        // Git does not look into an ignored folder: nothing in it comes back.
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

/** The nearest file that says something about it decides. */
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

/** '' for what lies in the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** VS Code takes them as one argument of a command. */
const mostNames = 200;

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
    .filter((name) => name !== '.gitignore')
    .slice(0, mostNames);
}
