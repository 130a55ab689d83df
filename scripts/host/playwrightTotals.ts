// Converts Playwright's JSON report into the totals that Mocha's runs have.
import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter';
import type { Failure, Totals } from './totals.ts';

/** Playwright's own words: a test is expected, unexpected, flaky (passed in the end) or skipped. */
export async function readPlaywrightTotals(file: string): Promise<Totals | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (!text) return undefined;
  const { stats, suites, errors }: JSONReport = JSON.parse(text);
  const broken = errors.map(({ message = '' }) => ({
    title: 'Playwright',
    message: stripVTControlCharacters(message),
  }));
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + broken.length,
    failures: [...broken, ...suites.flatMap(failuresOf)],
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
