// Passes the totals of a test run, with the names of failed tests, between processes through a file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Runner, Test } from 'mocha';

export interface Failure {
  readonly title: string;
  readonly message: string;
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly Failure[];
}

/** Writes the totals of a run of Mocha when it ends. */
export function writeTotalsAtEnd(file: string, runner: Runner): void {
  const failures: Failure[] = [];
  runner.on('fail', (test: Test, error: Error) => {
    failures.push({ title: test.fullTitle(), message: error?.message ?? String(error) });
  });
  runner.once('end', () => {
    const { passes = 0, failures: failed = 0 } = runner.stats ?? {};
    writeFileSync(file, JSON.stringify({ passed: passes, failed, failures } satisfies Totals));
  });
}

/** `undefined` when nobody wrote the file: the run broke off, whatever its exit code says. */
export function readTotals(file: string): Totals | undefined {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8'));
}
