// Defines the tiers of the tests: their commands, files and order.

export interface Tier {
  readonly title: string;
  /** A script of package.json, then what is passed on to it. */
  readonly script: readonly [string, ...string[]];
  /** How the runner says what it counted; a tier without counts as one test. */
  readonly totals?: 'mocha' | 'host' | 'playwright';
  readonly environment?: Readonly<Record<string, string>>;
  /** Where its tests stand. */
  readonly files?: RegExp;
  /** Begins when VS Code, a browser and the bundles are there. */
  readonly needsVscode?: boolean;
}

/** Two at a time, in this order: while a window loads, half of two cores has nothing to do. */
export const tiers: readonly Tier[] = [
  {
    title: 'Through the screen',
    script: ['test:ui'],
    totals: 'playwright',
    files: /^test\/ui\//,
    needsVscode: true,
  },
  { title: 'Types', script: ['check:types'] },
  { title: 'Style', script: ['check:style'] },
  { title: 'Unused code', script: ['check:unused'] },
  { title: 'Structure', script: ['structure'] },
  { title: 'Unit and contract', script: ['test:unit'], totals: 'mocha', files: /^test\/(unit|contract)\// },
  { title: 'Panel in a browser', script: ['test:webview'], totals: 'mocha', files: /^test\/webview\// },
  {
    title: 'In VS Code',
    script: ['test:host'],
    totals: 'host',
    files: /^test\/integration\//,
    needsVscode: true,
  },
  {
    title: 'In VS Code, in Chinese',
    script: ['test:host', '--locale=zh-cn', '--tier=words'],
    totals: 'host',
    needsVscode: true,
  },
  {
    title: 'In the oldest VS Code',
    script: ['test:host', '--tier=versions'],
    environment: { TEST_HOST_VERSION: 'oldest' },
    totals: 'host',
    needsVscode: true,
  },
  { title: 'Crash', script: ['test:crash'], totals: 'mocha', files: /^test\/crash\// },
];
