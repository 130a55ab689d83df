/** How tests are named in the languages people use, and which of some tests lies nearest to a file. */

/** Languages whose tests are written in each other's files. */
const families: readonly (readonly string[])[] = [
  ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'vue', 'svelte'],
  ['java', 'kt', 'groovy', 'scala'],
  ['c', 'cc', 'cpp', 'cxx', 'h', 'hpp'],
];

const testName = /(?:[._-](?:test|tests|spec)|(?:Test|Tests|Spec|IT))\.\w+$|^test_[^/]*\.\w+$/;

/** Whether a file's name says that it is a test. */
export function isTestName(name: string): boolean {
  return testName.test(name);
}

export interface TestPatterns {
  /** Tests of this very file, wherever they lie. */
  own: string;
  /** Any test in its language. */
  any: string;
}

/** Glob patterns for `findFiles`; `undefined` for a name without an ending, which tells no language. */
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

/** Paths with `/`; those that share the most folders with `path` first, and of those the ones with the fewest others. */
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
