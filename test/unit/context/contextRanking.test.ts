import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { go, prepare, single } from 'fuzzysort';
import { makePaths } from '../../../bench/context/names.ts';
import { createFileRanking, type FileRanking, toRanges } from '../../../src/context/host/fileRanking.ts';

const paths = [
  'src/core/conversation.ts',
  'src/core/conversationLog.ts',
  'src/host/chatSession.ts',
  'src/host/chats.ts',
  'src/conversation/helpers.ts',
  'packages/one/index.ts',
  'packages/two/index.ts',
  'docs/订单说明.md',
  'docs/长城.md',
  'README.md',
  'components/button/view.tsx',
];

async function search(ranking: FileRanking, query: string, recent: string[] = []): Promise<string[]> {
  const { signal } = new AbortController();
  const boostOf = (path: string): number => (recent.includes(path) ? 0.12 : 0);
  return (await ranking.search({ query, limit: 50, boostOf, signal })).map(({ path }) => path);
}

describe('the ranking of files', () => {
  let ranking: FileRanking;
  beforeEach(async () => {
    ranking = createFileRanking();
    await ranking.add(paths);
  });

  it('puts names before paths, and whole names before longer ones', async () => {
    assert.deepEqual((await search(ranking, 'conversation')).slice(0, 3), [
      'src/core/conversation.ts',
      'src/core/conversationLog.ts',
      'src/conversation/helpers.ts',
    ]);
  });

  it('finds by the first letters of words', async () => {
    assert.equal((await search(ranking, 'chses'))[0], 'src/host/chatSession.ts');
    assert.equal((await search(ranking, 'clog'))[0], 'src/core/conversationLog.ts');
  });

  it('finds by folders, with slash, blank or neither', async () => {
    assert.equal((await search(ranking, 'two/ind'))[0], 'packages/two/index.ts');
    assert.equal((await search(ranking, 'packages\\two'))[0], 'packages/two/index.ts');
    assert.equal((await search(ranking, 'two index'))[0], 'packages/two/index.ts');
    assert.equal((await search(ranking, 'buttonview'))[0], 'components/button/view.tsx');
  });

  it('finds Chinese names by their characters, pinyin and initials, with every reading', async () => {
    for (const query of ['订单', 'dingdan', 'ddsm', 'shuoming'])
      assert.equal((await search(ranking, query))[0], 'docs/订单说明.md', query);
    for (const query of ['changcheng', 'zhangcheng'])
      assert.equal((await search(ranking, query))[0], 'docs/长城.md', query);
  });

  it('tells what of the name matched', async () => {
    const { signal } = new AbortController();
    const find = async (query: string) =>
      (await ranking.search({ query, limit: 1, boostOf: () => 0, signal }))[0];
    assert.deepEqual((await find('chats.'))?.matches, [[0, 6]]);
    assert.deepEqual((await find('two/ind'))?.matches, [[0, 3]]);
    assert.deepEqual((await find('dingdan'))?.matches, [[0, 2]]);
    assert.deepEqual(toRanges([4, 0, 1, 2, 7]), [
      [0, 3],
      [4, 5],
      [7, 8],
    ]);
  });

  it('prefers what was open, among what matches alike', async () => {
    assert.equal((await search(ranking, 'index', ['packages/two/index.ts']))[0], 'packages/two/index.ts');
    assert.equal((await search(ranking, 'index', ['packages/one/index.ts']))[0], 'packages/one/index.ts');
    assert.equal((await search(ranking, 'conversation.ts', ['README.md']))[0], 'src/core/conversation.ts');
  });

  it('finds among many the same as a look through all of them at once', async () => {
    const many = makePaths(20_000);
    const large = createFileRanking();
    await large.add(many);
    for (const query of ['core/', 'core/user', 'src/p', 'lib/cart.t']) {
      const { signal } = new AbortController();
      const found = await large.search({ query, limit: 50, boostOf: () => 0, signal });
      const scores = found.map(({ path, score }) => score + path.length / 100_000);
      const best = go(query, many, { limit: 50, threshold: 0.1 }).map(({ score }) => score);
      const rounded = (list: number[]): string[] =>
        list.sort((a, b) => b - a).map((score) => score.toFixed(9));
      assert.deepEqual(rounded(scores), rounded(best), query);
    }
  });

  it('puts first what scores best of all names and paths, and what was open wherever it matches', async () => {
    const many = makePaths(3000);
    const large = createFileRanking();
    await large.add(many);
    const prepared = many.map((path) => ({
      path,
      name: prepare(path.slice(path.lastIndexOf('/') + 1)),
      whole: prepare(path),
    }));
    const { signal } = new AbortController();
    const opened = many[1234] ?? '';
    const boostOf = (path: string): number => (path === opened ? 0.12 : 0);
    const scoreOf = (query: string, target: ReturnType<typeof prepare>): number => {
      const score = single(query, target)?.score ?? 0;
      return score < 0.1 ? 0 : score;
    };
    const typed = [
      'usercart',
      'settings.ts',
      'core/user',
      'button dialog',
      'types utils',
      '支付',
      'readme',
      'ect',
    ];
    for (const text of typed) {
      for (let length = 1; length <= text.length; length++) {
        const query = text.slice(0, length);
        const names = query.includes('/') ? [] : prepared.map(({ name }) => scoreOf(query, name));
        // Folders count only where few names match.
        const isByName = names.filter((score) => score > 0).length >= 50;
        const scores = prepared
          .map(({ path, whole }, at) => {
            const inPath = isByName ? 0 : scoreOf(query, whole) / (query.includes('/') ? 1 : 2);
            const score = Math.max(names[at] ?? 0, inPath);
            return score > 0 ? score + boostOf(path) - path.length / 100_000 : 0;
          })
          .filter((score) => score > 0);
        const best = scores.sort((a, b) => b - a).slice(0, 10);
        const found = await large.search({ query, limit: 50, boostOf, always: [opened], signal });
        const told = found.slice(0, 10).map(({ score }) => score);
        assert.deepEqual(
          told.map((score) => score.toFixed(9)),
          best.map((score) => score.toFixed(9)),
          query,
        );
      }
    }
  });

  it('keeps many names in little memory', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const held = (): number => {
      collect();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    const make = (): string[] => makePaths(20_000);
    const bytes = make().reduce((sum, path) => sum + Buffer.byteLength(path), 0);
    const large = createFileRanking();
    const before = held();
    // Copies: strings that are here anyway would not be counted.
    await large.add(make());
    await search(large, 'usercart');
    await search(large, 'core/user');
    const each = (held() - before) / bytes;
    assert.equal(large.size, 20_000);
    assert.ok(each < 4, `${each.toFixed(1)} bytes for each byte of name`);
  });

  it('scores few of many with the library, and yields meanwhile', async () => {
    const large = createFileRanking();
    await large.add(makePaths(50_000));
    let turns = 0;
    let isRunning = true;
    const count = (): void => {
      turns += 1;
      if (isRunning) setImmediate(count);
    };
    setImmediate(count);
    const before = process.cpuUsage();
    for (const query of ['e', 'set', 'core/us', 'component']) await search(large, query);
    const { user, system } = process.cpuUsage(before);
    isRunning = false;
    // Each turn takes 8 ms and the rest of a step.
    assert.ok(turns > (user + system) / 1000 / 60, `${turns} turns in ${(user + system) / 1000} ms`);
    const stop = new AbortController();
    const stopped = large.search({ query: 'core/us', limit: 50, boostOf: () => 0, signal: stop.signal });
    setImmediate(() => stop.abort());
    assert.deepEqual(await stopped, []);
  });

  it('follows files that come and go', async () => {
    await ranking.add(['src/late.ts', 'src/late.ts']);
    assert.deepEqual(await search(ranking, 'late'), ['src/late.ts']);
    ranking.remove('src/late.ts');
    assert.deepEqual(await search(ranking, 'late'), []);
    await ranking.add(['src/late.ts']);
    assert.deepEqual(await search(ranking, 'late'), ['src/late.ts']);
    ranking.remove('packages');
    assert.deepEqual(await search(ranking, 'index'), []);
    assert.equal(ranking.size, paths.length - 2 + 1);
  });

  it('finds nothing for nonsense, and nothing when it is no longer wanted', async () => {
    assert.deepEqual(await search(ranking, 'zzzzqq'), []);
    assert.deepEqual(
      await ranking.search({ query: 'e', limit: 5, boostOf: () => 0, signal: AbortSignal.abort() }),
      [],
    );
  });

  it('takes what anybody may type', async () => {
    for (const query of ['', ' ', '/', '//', '\\', '.', '*', '(', '[a-', '\u0000', '💥', 'x'.repeat(5000)])
      assert.ok(Array.isArray(await search(ranking, query)), query);
  });
});
