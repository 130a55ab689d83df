/**
 * What a suite or a test is about. Everything runs in the newest VS Code in English; in the oldest VS Code, and in
 * another language, only what may differ there. With FULL=1 everything runs everywhere.
 */

/** `versions`: parts of VS Code that changed since the oldest one. `words`: texts, or that code finds its way by them. */
export type Tier = 'versions' | 'words';

const members: Record<Tier, Set<Mocha.Suite | Mocha.Test>> = { versions: new Set(), words: new Set() };

/** `describe` and `it` for what belongs to these tiers; a suite with all that is in it. */
export function about(...tiers: readonly Tier[]) {
  const mark = <Part extends Mocha.Suite | Mocha.Test>(part: Part): Part => {
    for (const tier of tiers) members[tier].add(part);
    return part;
  };
  return {
    describe: (title: string, body: () => void) => mark(globalThis.describe(title, body)),
    it: (title: string, body: (this: Mocha.Context) => void | Promise<void>) =>
      mark(globalThis.it(title, body)),
  };
}

/** Takes away all tests of other tiers. Throws on a name that is none. */
export function keepTier(suite: Mocha.Suite, tier: string): void {
  if (tier !== 'versions' && tier !== 'words') throw new Error(`There is no tier "${tier}".`);
  if (members[tier].has(suite)) return;
  suite.tests = suite.tests.filter((test) => members[tier].has(test));
  for (const inner of suite.suites) keepTier(inner, tier);
}
