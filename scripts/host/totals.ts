// How many tests passed and failed, handed from one process to another in a small file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

export function writeTotals(file: string, totals: Totals): void {
  writeFileSync(file, JSON.stringify(totals));
}

/** `undefined` when nobody wrote the file: the run broke off, whatever its exit code says. */
export function readTotals(file: string): Totals | undefined {
  if (!existsSync(file)) return undefined;
  const { passed, failed }: Totals = JSON.parse(readFileSync(file, 'utf8'));
  return { passed, failed };
}
