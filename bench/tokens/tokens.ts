/** How far the token estimates are off: counts the corpus anew with the platforms' tokenizers and prints the errors. */

import { writeFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { estimateTokens } from '../../src/llm/tokens.ts';
import { countsFile, readCorpus, type Sample } from './corpus.ts';
import { type Family, families, loadTokenizers } from './tokenizers.ts';

type Counted = Sample & { estimate: number; counts: Record<Family, number> };

/** Writes the counts to `test/fixtures/tokens/counts.json`, which a unit test holds the estimates against. */
export async function runTokens(): Promise<void> {
  const tokenizers = await loadTokenizers();
  const samples = readCorpus().map((sample): Counted => {
    const { qwen, yi, baichuan } = tokenizers;
    const counts = { qwen: qwen(sample.text), yi: yi(sample.text), baichuan: baichuan(sample.text) };
    return { ...sample, estimate: estimateTokens(sample.text), counts };
  });
  const counts = Object.fromEntries(samples.map((sample) => [sample.id, sample.counts]));
  await writeFile(countsFile, `${JSON.stringify(counts, null, 2)}\n`);

  console.log(
    '| category | tokens (Qwen) | estimate | fitted half | other half | worst sample ≥ 1 kB | Yi | Baichuan |',
  );
  console.log('|---|---|---|---|---|---|---|---|');
  const categories = new Set(samples.map(({ category }) => category));
  for (const category of categories)
    report(
      category,
      samples.filter((sample) => sample.category === category),
    );
  report('all', samples);
  console.log(`\n${measureSpeed(samples).toFixed(1)} µs for 1000 characters`);
}

function report(title: string, samples: readonly Counted[]): void {
  const [worst] = samples
    .filter(({ bytes }) => bytes >= 1000)
    .sort((a, b) => Math.abs(errorOf([b], 'qwen')) - Math.abs(errorOf([a], 'qwen')));
  const cells = [
    title,
    sum(samples.map(({ counts }) => counts.qwen)),
    percent(errorOf(samples, 'qwen')),
    percent(
      errorOf(
        samples.filter(({ fitted }) => fitted),
        'qwen',
      ),
    ),
    percent(
      errorOf(
        samples.filter(({ fitted }) => !fitted),
        'qwen',
      ),
    ),
    worst ? `${percent(errorOf([worst], 'qwen'))} ${worst.id}` : '–',
    ...families.slice(1).map((family) => percent(errorOf(samples, family))),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

/** Of the samples' sum; 0.1 is ten percent too many. `NaN` for no samples. */
function errorOf(samples: readonly Counted[], family: Family): number {
  return sum(samples.map(({ estimate }) => estimate)) / sum(samples.map(({ counts }) => counts[family])) - 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function percent(ratio: number): string {
  return Number.isNaN(ratio) ? '–' : `${ratio < 0 ? '−' : '+'}${Math.abs(ratio * 100).toFixed(1)} %`;
}

function measureSpeed(samples: readonly Sample[]): number {
  const all = samples.map(({ text }) => text).join('');
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20; round++) {
    const start = performance.now();
    estimateTokens(all);
    best = Math.min(best, performance.now() - start);
  }
  return (best * 1000 * 1000) / all.length;
}
