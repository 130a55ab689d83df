/** Recognizes names of tests, and sorts tests by nearness to a file. */

/** Extensions of languages whose tests may be in each other's files. */
const families: readonly (readonly string[])[] = [
  ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'vue', 'svelte'],
  ['java', 'kt', 'groovy', 'scala'],
  ['c', 'cc', 'cpp', 'cxx', 'h', 'hpp'],
];

const testName = /(?:[._-](?:test|tests|spec)|(?:Test|Tests|Spec|IT))\.\w+$|^test_[^/]*\.\w+$/;

/** Whether a file's name is that of a test. */
export function isTestName(name: string): boolean {
  return testName.test(name);
}

export interface TestPatterns {
  /** Tests of this file, in any folder. */
  own: string;
  /** Any test in its language. */
  any: string;
}

/** Glob patterns for `findFiles`; `undefined` for a name without an extension. */
export function testPatterns(fileName: string): TestPatterns | undefined {
  const match = /^(.+?)\.(\w+)$/.exec(fileName);
  const [, stem, extension] = match ?? [];
  if (stem === undefined || extension === undefined) return undefined;
  const family = families.find((members) => members.includes(extension)) ?? [extension];
  const endings = family.length === 1 ? extension : `{${family.join(',')}}`;
  const name = stem.replace(/[^\p{L}\p{N}_.-]/gu, '?');
  return {
    own: `**/{${name}.test,${name}.spec,${name}_test,${name}-test,test_${name},${name}_spec,${name}Test,${name}Tests,${name}Spec}.${endings}`,
    any: `**/{*.test,*.spec,*_test,*-test,test_*,*_spec,*Test,*Tests,*Spec}.${endings}`,
  };
}

/** Sorts paths (with `/`) by the number of steps between their folder and that of `path`. */
export function sortByNearness(path: string, candidates: readonly string[]): string[] {
  const folders = path.split('/').slice(0, -1);
  const distance = (candidate: string): number => {
    const others = candidate.split('/').slice(0, -1);
    const firstOther = folders.findIndex((folder, index) => folder !== others[index]);
    const shared = firstOther === -1 ? folders.length : firstOther;
    return folders.length + others.length - 2 * shared;
  };
  return candidates.toSorted(
    (one, other) => distance(one) - distance(other) || one.localeCompare(other, 'en'),
  );
}
