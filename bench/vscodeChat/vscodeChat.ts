/** The 5,000 token counts that one request of VS Code's agent mode makes: 1 kB each, in all kinds of text. */

import { performance } from 'node:perf_hooks';
import { createTokenCounter } from '../../src/vscodeChat/host/countTokens.ts';
import { readCorpus } from '../tokens/corpus.ts';

const counts = 5000;
const bytes = 1024;

/** Prints the time for texts that are new, and for the same ones again, which the counter has kept. */
export async function runVscodeChat({ quick }: { quick: boolean }): Promise<void> {
  const texts = pieces(counts);
  const rounds = quick ? 3 : 15;
  const first: number[] = [];
  const again: number[] = [];
  const slowest: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const count = createTokenCounter();
    const messages = texts.map((value) => ({ content: [{ value }] }));
    let worst = 0;
    const begin = performance.now();
    for (const message of messages) {
      const start = performance.now();
      count(message);
      worst = Math.max(worst, performance.now() - start);
    }
    first.push(performance.now() - begin);
    slowest.push(worst);
    const start = performance.now();
    for (const message of messages) count(message);
    again.push(performance.now() - start);
  }
  console.log(`${counts} messages of ${bytes} bytes, median of ${rounds} rounds`);
  console.log('| | ms for all | µs each |');
  console.log('|---|---|---|');
  for (const [title, times] of [
    ['new texts', first],
    ['the same again', again],
  ] as const)
    console.log(
      `| ${title} | ${median(times).toFixed(1)} | ${((median(times) * 1000) / counts).toFixed(2)} |`,
    );
  console.log(`\nslowest single count: ${median(slowest).toFixed(2)} ms`);
}

/** All different, cut from the corpus of the token estimates. */
function pieces(wanted: number): string[] {
  const all = Buffer.from(
    readCorpus()
      .map(({ text }) => text)
      .join('\n'),
  );
  return Array.from({ length: wanted }, (_, index) => {
    const start = (index * 997) % Math.max(1, all.length - bytes);
    return `${index} ${all.subarray(start, start + bytes).toString()}`;
  });
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
