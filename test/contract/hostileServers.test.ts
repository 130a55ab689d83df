import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { chatErrorKinds } from '../../src/llm/chatError.ts';
import { isFullRun } from '../support/fullRun.ts';
import type { HostileOutcome } from '../support/hostileProcess.ts';

/** Of old space, in MB: where the strings and objects are that live longer than a moment. */
const heap = 200;
/** One of so many attacks is tried, where not all are. */
const every = isFullRun() ? 1 : 97;
const generated = 400;

describe('a hostile server', () => {
  it('400 generated hostile frames × all decoders: every case ends within 1 s of CPU and 200 MB', async function () {
    this.timeout(1_200_000);
    const script = resolve(import.meta.dirname, '../support/hostileProcess.ts');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--expose-gc', `--max-old-space-size=${heap}`, script, String(every), String(generated)],
      { maxBuffer: 64 * 2 ** 20 },
    ).catch((error: Error & { stdout?: string }) => {
      const last = error.stdout?.trimEnd().split('\n').at(-1);
      throw new Error(
        `The process ended after the case ${last ?? '(none)'}: ${error.message.slice(0, 2000)}`,
      );
    });
    const outcomes = stdout
      .trimEnd()
      .split('\n')
      .map((line): HostileOutcome => JSON.parse(line));
    assert.ok(outcomes.length > 3 * generated + 20);
    const ends = new Set<string>(['finish', ...chatErrorKinds].filter((kind) => kind !== 'network'));
    const bad = outcomes.filter(({ cpuMs, end }) => cpuMs > 1000 || !ends.has(end));
    assert.deepEqual(bad, []);
  });
});
