// `npm test`: all of Qiao's checks and tests, one after the other; at the end what failed, and the sum in the last
// line. It goes on after a failure, so that one run shows everything. A step without tests of its own counts as one.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter';
import { findBrowser } from './host/findBrowser.ts';
import { getHost } from './host/getHost.ts';
import { runNpm } from './host/npm.ts';
import { repository } from './host/paths.ts';
import { type Failure, readTotals, type Totals } from './host/totals.ts';

interface Step {
  readonly title: string;
  /** A script of package.json, then what is passed on to it. */
  readonly script: readonly [string, ...string[]];
  readonly environment?: NodeJS.ProcessEnv;
  /** Reads what the runner counted; without it, or with nothing to read, the exit code is all there is. */
  readonly readTotals?: () => Promise<Totals | undefined> | Totals | undefined;
}

const scratch = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));

const steps: readonly Step[] = [
  { title: 'Types', script: ['check:types'] },
  { title: 'Style', script: ['check:style'] },
  { title: 'Unused code', script: ['check:unused'] },
  mochaTests('Unit and contract tests', 'test:unit'),
  mochaTests('Killed while an answer comes', 'test:crash'),
  mochaTests('The panel in a browser', 'test:webview'),
  hostTests('Tests inside VS Code'),
  hostTests('Tests inside VS Code, in Chinese', ['--locale=zh-cn']),
  hostTests('Tests inside the oldest VS Code', [], { TEST_HOST_VERSION: 'oldest' }),
  screenTests(),
];

const started = Date.now();
const summary: { title: string; totals: Totals; seconds: number }[] = [];

heading('Getting VS Code and a browser');
await getHost('current');
await getHost('oldest');
await findBrowser();
console.log('Ready.');

for (const step of steps) summary.push(await run(step));
await rm(scratch, { recursive: true, force: true });

heading(`All of it, in ${secondsSince(started)} s`);
for (const { title, message } of summary.flatMap(({ totals }) => totals.failures)) {
  console.log(`✗ ${title}\n${message.replaceAll(/^/gm, '    ')}\n`);
}
for (const { title, totals, seconds } of summary) {
  const mark = totals.failed > 0 ? '✗' : '✓';
  console.log(`${mark} ${title}: ${totals.passed} passed, ${totals.failed} failed (${seconds} s)`);
}
const all = summary.reduce(
  (sum, { totals }) => ({ passed: sum.passed + totals.passed, failed: sum.failed + totals.failed }),
  { passed: 0, failed: 0 },
);
console.log(`\n${all.passed} passed, ${all.failed} failed`);
process.exitCode = all.failed > 0 ? 1 : 0;

async function run(step: Step): Promise<{ title: string; totals: Totals; seconds: number }> {
  heading(step.title);
  const start = Date.now();
  const [script, ...rest] = step.script;
  const exitCode = await runNpm(['run', '--silent', script, '--', ...rest], {
    folder: repository,
    environment: { ...process.env, ...step.environment },
  });
  const counted = await step.readTotals?.();
  return { title: step.title, totals: judge(step, exitCode, counted), seconds: secondsSince(start) };
}

/** A runner that broke off, or that has no totals, is itself one thing that passed or failed. */
function judge({ title }: Step, exitCode: number, counted: Totals | undefined): Totals {
  const broke = exitCode !== 0 && (counted?.failed ?? 0) === 0;
  if (!broke) return counted ?? { passed: 1, failed: 0, failures: [] };
  const message = `ended with exit code ${exitCode}; what it printed is above`;
  return { passed: counted?.passed ?? 0, failed: 1, failures: [{ title, message }] };
}

function mochaTests(title: string, script: string): Step {
  const file = path.join(scratch, `${script.replace(':', '-')}.json`);
  return {
    title,
    script: [script, '--reporter', 'test/support/totalsReporter.ts'],
    environment: { TEST_TOTALS: file },
    readTotals: () => readTotals(file),
  };
}

function hostTests(
  title: string,
  options: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Step {
  const file = path.join(scratch, `${title.replaceAll(/\W+/g, '-')}.json`);
  return {
    title,
    script: ['test:host', ...options],
    environment: { ...environment, EXT_TEST_RESULT: file },
    readTotals: () => readTotals(file),
  };
}

function screenTests(): Step {
  const file = path.join(scratch, 'screen.json');
  return {
    title: 'Tests through the screen',
    script: ['test:ui', '--reporter=list,json'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    readTotals: () => readPlaywrightTotals(file),
  };
}

/** Playwright's own words: a test is expected, unexpected, flaky (passed in the end) or skipped. */
async function readPlaywrightTotals(file: string): Promise<Totals | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (!text) return undefined;
  const { stats, suites }: JSONReport = JSON.parse(text);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    failures: suites.flatMap(failuresOf),
  };
}

function failuresOf({ title, suites = [], specs }: JSONReportSuite): Failure[] {
  const failed = specs.filter(({ ok }) => !ok);
  return [
    ...failed.map((spec) => {
      const results = spec.tests.flatMap((test) => test.results);
      const message = results.findLast(({ error }) => error)?.error?.message ?? 'failed';
      return { title: `${title} › ${spec.title}`, message: stripVTControlCharacters(message) };
    }),
    ...suites.flatMap(failuresOf),
  ];
}

function heading(title: string): void {
  console.log(`\n━━━ ${title} ${'━'.repeat(Math.max(0, 76 - title.length))}`);
}

function secondsSince(start: number): number {
  return Math.round((Date.now() - start) / 1000);
}
