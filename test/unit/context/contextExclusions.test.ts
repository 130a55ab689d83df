import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { compileGlobs } from '../../../src/context/host/globs.ts';
import { createIgnoreTree, parentOf, plainNames } from '../../../src/context/host/ignoreTree.ts';
import { matchesPath, parsePathPattern } from '../../../src/context/host/pathPattern.ts';
import { assertCpuWithin } from '../../support/cpuTime.ts';

/** `.gitignore` files by their folders, and files. */
const rules: Record<string, string> = {
  '': 'node_modules/\n*.log\n!keep.log\n/build\ndoc/**/*.pdf\n秘密/\n\\#odd\n# comment\ncache**/raw\n',
  'packages/app': 'dist\n!important.log\n/local.json\n*.snap\n',
  'packages/app/src': '!*.snap\ngenerated/*\n!generated/kept.ts\n',
  'node_modules/left': '!index.js\n',
};
const files = [
  'index.ts',
  'a.log',
  'keep.log',
  'build/out.js',
  'packages/build/out.js',
  'node_modules/left/index.js',
  'packages/app/node_modules/x/y/z.js',
  'doc/a/b/manual.pdf',
  'doc/manual.pdf',
  'manual.pdf',
  '秘密/文件.md',
  '公开/文件.md',
  '#odd',
  'cache1/x/raw',
  'cacheraw/a',
  'other/cache1/raw',
  'packages/app/dist/main.js',
  'packages/app/important.log',
  'packages/app/local.json',
  'packages/app/src/local.json',
  'packages/app/one.snap',
  'packages/app/src/two.snap',
  'packages/app/src/generated/made.ts',
  'packages/app/src/generated/kept.ts',
  'packages/app/src/Generated/other.ts',
];

/** Git reads its rules, and says of each file whether it ignores it; the files need not be there. */
function ignoredByGit(
  texts: Record<string, string>,
  paths: readonly string[],
  ignoreCase = false,
): Set<string> {
  const repository = mkdtempSync(path.join(os.tmpdir(), 'ignored-'));
  try {
    for (const [folder, text] of Object.entries(texts)) {
      mkdirSync(path.join(repository, folder), { recursive: true });
      writeFileSync(path.join(repository, folder, '.gitignore'), text);
    }
    const env = { ...process.env, GIT_CONFIG_GLOBAL: os.devNull };
    const options = { cwd: repository, encoding: 'utf8', env } as const;
    execFileSync('git', ['init', '-q'], options);
    const check = ['-c', `core.ignoreCase=${ignoreCase}`, 'check-ignore', '--no-index', '-z', '--stdin'];
    const ignored = execFileSync('git', check, { ...options, input: paths.join('\0') });
    return new Set(ignored.split('\0').slice(0, -1));
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}

const anyName = fc.constantFrom(
  ...[
    'a',
    'b',
    'ab',
    'aa',
    'a.b',
    'aab',
    'b.',
    '.a',
    '*',
    'é',
    '中',
    '[a',
    'a ',
    '!a',
    '#a',
    'a\\b',
    '-',
    ']',
    '(a)',
    '{',
  ],
);
const anyPath = fc.array(anyName, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));

const anyLine = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'b',
        '.',
        '*',
        '**',
        '?',
        '[ab]',
        '[!a]',
        '[a-c]',
        '[^b]',
        '[[:alpha:]]',
        '[[:x:]]',
        '[]a]',
        '[a',
        '[:',
        '[a-',
        '[b-a]',
      ],
      ...[
        '[\\]a]',
        '[/]',
        '\\',
        '\\*',
        '\\ ',
        ' ',
        '/',
        '**/',
        '/**',
        '!',
        '#',
        'é',
        '中',
        '[é]',
        '-',
        '\r',
        '\t',
        '{a,b}',
      ],
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((pieces) => pieces.join(''))
  // Git takes `**` for folders before `\/`, too, but never for none.
  .filter((line) => !/\\\//.test(line));
const anyRules = fc
  .array(fc.tuple(fc.constantFrom('', '', '!', '/'), anyLine, fc.constantFrom('', '', '/')), {
    minLength: 1,
    maxLength: 3,
  })
  .map((all) => all.map((parts) => parts.join('')).join('\n'));

/** A glob beside a regular expression of the same meaning. */
type Piece = readonly [glob: string, source: string];
const joined = (pieces: readonly Piece[]): Piece => [
  pieces.map(([glob]) => glob).join(''),
  pieces.map(([, source]) => source).join(''),
];
const either = (one: Piece, other: Piece): Piece => [`{${one[0]},${other[0]}}`, `(?:${one[1]}|${other[1]})`];
const letter = fc.constantFrom<Piece>(
  ...([
    ['a', 'a'],
    ['b', 'b'],
    ['.a', '\\.a'],
    ['中', '中'],
    ['(', '\\('],
    ['!', '!'],
    ['*', '[^/]*'],
    ['**a', '[^/]*a'],
    ['?', '[^/]'],
    ['[ab]', '[ab]'],
    ['[!a]', '[^a/]'],
    ['[]a]', '[\\]a]'],
  ] as const),
);
const word = fc.array(letter, { minLength: 1, maxLength: 3 }).map(joined);
const oneName = fc.oneof(
  word,
  fc.tuple(word, word).map(([one, other]) => either(one, other)),
  fc.tuple(word, word, word).map(([one, two, three]) => either(one, either(two, three))),
);
const someFolders = fc.oneof(
  fc.constant<Piece>(['**/', '(?:[^/]+/)*']),
  oneName.map(([glob, source]): Piece => [`${glob}/`, `${source}/`]),
  fc
    .tuple(word, word)
    .map(([one, other]): Piece => [`{${one[0]},**/${other[0]}}/`, `(?:${one[1]}|(?:[^/]+/)*${other[1]})/`]),
);
const anyGlob = fc
  .tuple(fc.array(someFolders, { maxLength: 3 }), oneName, fc.constantFrom('', '/', '/**'))
  .map(([before, last, end]) => {
    const [glob, source] = joined([...before, last]);
    return { glob: glob + end, meaning: new RegExp(`^${source}(?:/.*)?$`, 'u') };
  })
  .filter(({ glob }) => !/^\.?\//.test(glob));

describe('files that are kept out', () => {
  it('are those that Git itself ignores', () => {
    const tree = createIgnoreTree(undefined, { foldsCase: false });
    for (const [folder, text] of Object.entries(rules)) tree.set(folder, text);
    const wanted = ignoredByGit(rules, files);
    assert.ok(wanted.size > 8);
    assert.deepEqual(new Set(files.filter((file) => tree.ignores(file))), wanted);
  });

  it('are those that Git itself ignores where the case of letters does not count', () => {
    const text = 'Secrets/\n*.KEY\n[A-C]x\n[[:upper:]]1\n!Keep.key\nÄ\ncache**/raw';
    const paths = 'secrets/a SECRETS/a a.key A.Key keep.KEY bx Bx dx q1 Q1 ä Ä CACHE1/x/Raw other'.split(' ');
    const tree = createIgnoreTree(undefined, { foldsCase: true });
    tree.set('', text);
    const wanted = ignoredByGit({ '': text }, paths, true);
    assert.ok(wanted.size > 8);
    assert.deepEqual(new Set(paths.filter((one) => tree.ignores(one))), wanted);
  });

  it('are those that Git itself ignores, whatever the rules', () => {
    const samples = fc.sample(fc.tuple(anyRules, fc.array(anyPath, { minLength: 10, maxLength: 10 })), {
      seed: 16,
      numRuns: 300,
    });
    const texts = Object.fromEntries(samples.map(([text], index) => [`${index}`, text]));
    const paths = samples.flatMap(([, inside], index) => inside.map((one) => `${index}/${one}`));
    const tree = createIgnoreTree(undefined, { foldsCase: false });
    for (const [folder, text] of Object.entries(texts)) tree.set(folder, text);
    const wanted = ignoredByGit(texts, paths);
    assert.ok(wanted.size > 100);
    const named = (one: string): string => `${JSON.stringify(texts[parentOf(one)])} on ${one}`;
    assert.deepEqual(paths.filter((one) => tree.ignores(one) !== wanted.has(one)).map(named), []);
  });

  it('include all in an excluded folder, and only what a glob means', () => {
    const test = compileGlobs({
      '**/fixtures': true,
      '*.txt': true,
      '/made/': true,
      '**/off': false,
      '**/*.js': { when: 'x' },
      '': true,
    });
    const excluded = ['fixtures/a', 'x/fixtures/b/c', 'note.txt', 'made/by/tool.ts', '.hidden/fixtures/x'];
    const offered = ['x/note.txt', 'off/a', 'a.js', 'x/made/a', 'fixtures2/a'];
    assert.deepEqual(excluded.filter(test), excluded);
    assert.deepEqual(offered.filter(test), []);
  });

  it('read brackets as VS Code does: as letters', () => {
    const test = compileGlobs({ 'app/(private)': true, '!odd': true });
    assert.deepEqual(['app/(private)/a.ts', '!odd', 'app/private/a.ts', 'b.ts'].map(test), [
      true,
      true,
      false,
      false,
    ]);
  });

  it('survive a setting of the wrong form', () => {
    for (const value of [undefined, null, 'x', 3, ['a'], { '[': true }, { ['('.repeat(40_000)]: true }])
      assert.equal(compileGlobs(value)('a/b.ts'), false);
  });

  it('are named to the search only where a name alone decides', () => {
    assert.deepEqual(plainNames('node_modules/\r\n dist \n/build\n*.log\n# x\n.cache'), [
      'node_modules',
      'dist',
      '.cache',
    ]);
    assert.deepEqual(plainNames('node_modules\n!node_modules/mine'), []);
  });

  it('are those that a glob means, whatever the glob', () => {
    fc.assert(
      fc.property(anyGlob, fc.array(anyPath), ({ glob, meaning }, paths) => {
        const isExcluded = compileGlobs({ [glob]: true });
        for (const one of paths) assert.equal(isExcluded(one), meaning.test(one), `${glob} on ${one}`);
      }),
      { seed: 16, numRuns: 500 },
    );
  });
});

/** Folders 40 to 80 deep, and long names: what makes a regular expression go back and forth. */
const slowPaths = [
  ...[40, 60, 80].flatMap((depth) => [
    `${'a/'.repeat(depth)}x`,
    `${'aaaaaaaa/'.repeat(depth)}x`,
    `${'a/c/'.repeat(depth / 2)}a`,
  ]),
  'a'.repeat(250),
  `${'a'.repeat(250)}/`.repeat(3).slice(0, -1),
];

const lines = (count: number, line: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => line(index));

/** Each is the patterns of one workspace. */
const slowPatterns: Record<string, readonly string[]> = {
  'many folders': ['**/a/**/a/**/a/**/a/**/a/**/b'],
  'more folders': [`${'**/a/'.repeat(30)}**/b`],
  'stars in a name': ['*a*a*a*a*a*a*a*a*b'],
  'stars in folders and names': [Array(30).fill('*a*a*a*b').join('/**/')],
  'folders in braces': ['{**/a/**/a/**/a/**/a,**/c/**/a/**/a}/**/b', '{**/a/**/a/**/a/**/b,x}'],
  'a bomb of braces': ['{a,b}'.repeat(40)],
  'a small bomb of braces': ['{a,b}'.repeat(10)],
  'braces in braces': [`${'{a,'.repeat(90)}a${'}'.repeat(90)}`],
  'one wide brace': [`{${'a,'.repeat(20_000)}b}`],
  'open braces': ['{'.repeat(50_000)],
  'open brackets': ['['.repeat(50_000), `${'[[:'.repeat(10_000)}]`, '[\\]'.repeat(10_000)],
  'extended globs': ['+(+(+(a)))b', '@(a|a)'.repeat(20), '*(*(a))*(*(a))b', '!(!(a))b'],
  classes: ['[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*[!a]', `*[${'b-y'.repeat(1000)}]b`],
  'one giant': [`${'**/*a/'.repeat(8000)}b`],
  'one giant name': [`${'*a'.repeat(25_000)}b`],
  'thousands that are ordinary': lines(5000, (index) => `*.ext${index}`),
  'thousands of names': lines(12_000, (index) => `${index}`),
  'thousands that are slow': lines(5000, (index) => `**/a/**/a/**/b${index}`),
  millions: lines(1_000_000, () => 'b'),
};

describe('patterns of a workspace', () => {
  for (const [what, patterns] of Object.entries(slowPatterns)) {
    it(`take no time to speak of for all paths: ${what}`, () => {
      const setting = Object.fromEntries(patterns.map((glob) => [glob, true]));
      assertCpuWithin(300, () => slowPaths.map(compileGlobs(setting)), `${what}, as a setting`);
      const text = patterns.join('\n');
      const inFile = (): void => {
        const tree = createIgnoreTree();
        tree.set('', text);
        slowPaths.map(tree.ignores);
      };
      assertCpuWithin(300, inFile, `${what}, in .gitignore`);
    });
  }

  it('take no time to speak of when each folder has rules of its own', () => {
    const text = '**/a/**/a/**/a/**/b\n!**/a/**/c/**/a\n*a*a*a*b\n'.repeat(3);
    const inAll = (): void => {
      const tree = createIgnoreTree();
      for (let depth = 0; depth < 80; depth++) tree.set('a/'.repeat(depth).slice(0, -1), text);
      slowPaths.map(tree.ignores);
    };
    assertCpuWithin(300, inAll, 'each folder');
  });

  it('take steps in proportion to pattern and path, whatever they are', () => {
    const letters = fc.constantFrom('a', '*', '**', '?', '/', '**/', '/**/', '[a-c]', '[!b]', 'b');
    const pattern = fc.array(letters, { maxLength: 60 }).map((all) => all.join(''));
    const path = fc
      .array(fc.constantFrom('a', 'b', 'a/', 'aa'), { maxLength: 300 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(pattern, path, (text, whole) => {
        const parsed = parsePathPattern(text, { isLenient: true }) ?? [];
        const budget = { left: Number.MAX_SAFE_INTEGER };
        matchesPath(parsed, { path: whole.split('/'), from: 0, budget });
        const steps = Number.MAX_SAFE_INTEGER - budget.left;
        // Twice: a step for each character and one for its segment; and one for each range of a class.
        assert.ok(steps <= 2 * (text.length + 1) * (whole.length + 1), `${steps} steps: ${text} on ${whole}`);
      }),
      { seed: 16, numRuns: 300 },
    );
  });

  it('exclude everything that they might mean when they are refused, and say so once', () => {
    for (const glob of ['{a,b}'.repeat(40), `{${'a,'.repeat(50_000)}}`, 'a'.repeat(60_000)]) {
      let told = 0;
      const isExcluded = compileGlobs({ '*.txt': true, [glob]: true }, () => told++);
      assert.deepEqual(['x.ts', 'y/z.ts'].map(isExcluded), [true, true]);
      assert.equal(told, 1);
    }
    const slow = Object.fromEntries(
      lines(2000, (index) => `**/a/**/a/**/b${index}`).map((glob) => [glob, true]),
    );
    let told = 0;
    const isExcluded = compileGlobs(slow, () => told++);
    assert.equal(isExcluded('x.ts'), false);
    assert.deepEqual([...slowPaths, 'x.ts'].map(isExcluded).slice(-2), [true, true]);
    assert.equal(told, 1);
  });

  it('exclude all in the folder of a .gitignore that is refused, and nothing else', () => {
    for (const text of ['b\n'.repeat(5_000_000), '*a'.repeat(3000)]) {
      let told = 0;
      const tree = createIgnoreTree(() => told++);
      tree.set('', '*.log');
      tree.set('one', text);
      // Nothing below takes it back.
      tree.set('one/inner', '!*');
      assert.deepEqual(['one/x.ts', 'one/inner/x.ts', 'x.ts', 'two/x.ts', 'two/x.log'].map(tree.ignores), [
        true,
        true,
        false,
        false,
        true,
      ]);
      assert.equal(told, 1);
      assert.equal(tree.isRefused, true);
    }
  });

  it('are applied when they are only many, and common', () => {
    const many = lines(3000, (index) => `/build/out${index}/`).join('\n');
    const common =
      'node_modules/\n*.log\n!keep.log\n**/dist/**\n*.py[cod]\n.env*\n**/node_modules/**/*.test.*\n**/*.spec.*.ts\n';
    let told = 0;
    const tree = createIgnoreTree(() => told++);
    tree.set('', many + common.repeat(20));
    for (let index = 0; index < 2000; index++)
      assert.equal(tree.ignores(`src/part${index % 50}/a/b/f${index}.ts`), false);
    assert.equal(tree.ignores('build/out77/x'), true);
    assert.equal(told, 0);
  });
});
