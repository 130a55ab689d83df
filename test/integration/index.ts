// Runs inside VS Code's extension host, on the desktop or in VS Code Server: finds the suites beside it, runs them,
// and leaves proof. VS Code calls `run()`.
import { openSync, readdirSync, writeSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { writeTotalsAtEnd } from '../../scripts/host/totals.ts';
import { closeEverything } from './closeEverything.ts';
import { keepTier } from './tiers.ts';

/** Throws when a test failed; then VS Code ends with exit code 1. */
export async function run(): Promise<void> {
  const { EXT_TEST_OUTPUT, EXT_TEST_RESULT, EXT_TEST_GREP, EXT_TEST_TIER } = process.env;
  if (EXT_TEST_OUTPUT) printTo(EXT_TEST_OUTPUT);
  const failures = await runSuites({ grep: EXT_TEST_GREP, result: EXT_TEST_RESULT, tier: EXT_TEST_TIER });
  if (failures > 0) throw new Error(`${failures} test(s) failed`);
}

interface Choice {
  grep?: string;
  /** The file that the totals go to. */
  result?: string;
  /** Without one everything runs. */
  tier?: string;
}

/** How many tests failed. */
async function runSuites({ grep, result, tier }: Choice): Promise<number> {
  // Mocha takes console.log when it loads, so not before printTo().
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    ui: 'bdd',
    // Ten times what the longest takes on a quiet machine; a test that hangs is told from one that waits its turn.
    timeout: 120_000,
    failZero: true,
    color: Boolean(process.env.FORCE_COLOR),
    grep,
  });
  const suites = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  // The suite of the whole extension comes last: what that registers, such as its file system of proposals, is there
  // once and for all, and the other suites register their own.
  const whole = 'extension.test.mjs';
  const others = suites.filter((file) => file.endsWith('.test.mjs') && file !== whole).sort();
  for (const name of [...others, whole]) mocha.addFile(path.join(import.meta.dirname, name));
  await mocha.loadFilesAsync();
  if (tier) keepTier(mocha.suite, tier);
  for (const suite of mocha.suite.suites) suite.afterAll('closes what is open', closeEverything);
  return new Promise((resolve) => {
    const runner = mocha.run(resolve);
    if (result) writeTotalsAtEnd(result, runner);
  });
}

/**
 * The desktop prints the extension host's console by itself. Under VS Code Server the file is copied to the
 * terminal instead: it survives a crash, and VS Code's own log lines do not mix in.
 */
function printTo(file: string): void {
  const descriptor = openSync(file, 'a');
  const print = (...values: unknown[]) => {
    writeSync(descriptor, `${format(...values)}\n`);
  };
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    // VS Code gives these an empty setter: plain assignment does nothing.
    Object.defineProperty(console, name, {
      configurable: true,
      enumerable: true,
      writable: true,
      value: print,
    });
  }
}
