// `npm test`: all of Qiao's checks and tests, two at a time; at the end what failed, how long each tier took, and the sum
// in the last line. It goes on after a failure, so that one run shows everything. `--full` (`npm run test:full`), for a
// release: every test in its long form. Which tiers there are stands in tiers.ts.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buildOnce } from './build/buildOnce.ts';
import { findBrowser } from './host/findBrowser.ts';
import { getHost } from './host/getHost.ts';
import { runNpm } from './host/npm.ts';
import { repository } from './host/paths.ts';
import { readPlaywrightTotals } from './host/playwrightTotals.ts';
import { readTotals, type Totals } from './host/totals.ts';
import { type Tier, tiers } from './tiers.ts';

interface Result {
  readonly title: string;
  readonly totals: Totals;
  readonly seconds: number;
}

const full = process.argv.includes('--full');
const scratch = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
const started = Date.now();
const secondsSince = (start: number): number => Math.round((Date.now() - start) / 1000);

/** Fetches VS Code and a browser, and builds, once for all tiers. */
async function prepare(): Promise<void> {
  console.log('Getting VS Code and a browser …');
  await getHost('current');
  await getHost('oldest');
  await findBrowser();
  buildOnce({ tests: true });
  console.log(`VS Code, a browser and the bundles are there (${secondsSince(started)} s).`);
}

/** Runs what nobody has begun, one after the other. */
async function runSome(): Promise<void> {
  for (let tier = waiting.shift(); tier; tier = waiting.shift()) {
    if (tier.needsVscode) await prepared;
    results.set(tier, await run(tier));
  }
}

async function run(tier: Tier): Promise<Result> {
  const { title } = tier;
  const start = Date.now();
  const file = path.join(scratch, `${title.replaceAll(/\W+/g, '-')}.json`);
  const counting = counters[tier.totals ?? 'none'](file);
  const [script, ...options] = tier.script;
  console.log(`▶ ${title}`);
  const exitCode = await runNpm(['run', '--silent', script, '--', ...options, ...counting.options], {
    folder: repository,
    environment: {
      ...process.env,
      ...tier.environment,
      ...counting.environment,
      ...(full ? { FULL: '1' } : {}),
      QIAO_BUILT: '1',
    },
    prefix: `${title} │ `,
  });
  const totals = judge(title, exitCode, await counting.read());
  const seconds = secondsSince(start);
  console.log(`${totals.failed > 0 ? '✗' : '✓'} ${title}, after ${seconds} s`);
  return { title, totals, seconds };
}

interface Counter {
  readonly options: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** `undefined` when nothing was counted: then the exit code is all there is. */
  read(): Promise<Totals | undefined> | Totals | undefined;
}

const counters: Readonly<Record<NonNullable<Tier['totals']> | 'none', (file: string) => Counter>> = {
  none: () => ({ options: [], environment: {}, read: () => undefined }),
  mocha: (file) => ({
    options: ['--reporter', 'test/support/totalsReporter.ts'],
    environment: { TEST_TOTALS: file },
    read: () => readTotals(file),
  }),
  host: (file) => ({ options: [], environment: { EXT_TEST_RESULT: file }, read: () => readTotals(file) }),
  playwright: (file) => ({
    options: ['--reporter=list,json'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    read: () => readPlaywrightTotals(file),
  }),
};

/** A runner that broke off, or that has no totals, is itself one thing that passed or failed. */
function judge(title: string, exitCode: number, counted: Totals | undefined): Totals {
  const broke = exitCode !== 0 && (counted?.failed ?? 0) === 0;
  if (!broke) return counted ?? { passed: 1, failed: 0, failures: [] };
  const message = `ended with exit code ${exitCode}; what it printed is above`;
  return { passed: counted?.passed ?? 0, failed: 1, failures: [{ title, message }] };
}

function report(all: readonly Result[]): void {
  console.log(`\n━━━ All of it, in ${secondsSince(started)} s ${'━'.repeat(50)}`);
  for (const { title, message } of all.flatMap(({ totals }) => totals.failures)) {
    console.log(`✗ ${title}\n${message.replaceAll(/^/gm, '    ')}\n`);
  }
  for (const { title, totals, seconds } of all) {
    const mark = totals.failed > 0 ? '✗' : '✓';
    console.log(`${mark} ${title}: ${totals.passed} passed, ${totals.failed} failed (${seconds} s)`);
  }
  const passed = all.reduce((sum, { totals }) => sum + totals.passed, 0);
  const failed = all.reduce((sum, { totals }) => sum + totals.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

const prepared = prepare();
const waiting = [...tiers];
const results = new Map<Tier, Result>();
await Promise.all([runSome(), runSome()]);
await rm(scratch, { recursive: true, force: true });
report(tiers.flatMap((tier) => results.get(tier) ?? []));
