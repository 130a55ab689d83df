import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { countsFile, readCorpus, type Sample } from '../../../bench/tokens/corpus.ts';
import { estimateTokens } from '../../../src/llm/tokens.ts';
import { assertLinear, repeated } from '../../support/growth.ts';

const bound = 0.15;

/** Samples that have a wider bound, and why. */
const exceptions = new Map<string, { bound: number; reason: string }>([
  [
    'numbers/base64',
    { bound: 0.3, reason: 'random letters are no words: a tokenizer cuts them into pieces of two' },
  ],
]);

const counts: Record<string, { qwen: number }> = JSON.parse(readFileSync(countsFile, 'utf8'));
const samples = readCorpus();

/** How far the estimates are from Qwen's count, summed over the samples. */
function errorOf(group: readonly Sample[]): number {
  const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
  const estimate = sum(group.map(({ text }) => estimateTokens(text)));
  return estimate / sum(group.map(({ id }) => counts[id]?.qwen ?? Number.NaN)) - 1;
}

function assertWithin(error: number, limit: number): void {
  assert.ok(Math.abs(error) <= limit, `${(error * 100).toFixed(1)} % is beyond ±${limit * 100} %`);
}

describe('the token estimate', () => {
  it('has counts of every sample, and none of others', () => {
    assert.ok(samples.length >= 40);
    assert.deepEqual(Object.keys(counts).sort(), samples.map(({ id }) => id).sort());
    for (const id of exceptions.keys()) assert.ok(counts[id], id);
  });

  for (const category of new Set(samples.map((sample) => sample.category))) {
    it(`is within 15 % of Qwen's count: ${category}`, () => {
      const group = samples.filter((sample) => sample.category === category);
      assertWithin(errorOf(group), bound);
      for (const sample of group.filter(({ bytes }) => bytes >= 1000)) {
        assertWithin(errorOf([sample]), exceptions.get(sample.id)?.bound ?? bound);
      }
    });
  }

  it('is as good for the samples that it was not fitted to', () => {
    assertWithin(errorOf(samples.filter(({ fitted }) => !fitted)), 0.05);
  });

  it('is nothing for nothing, and grows with every text', () => {
    assert.equal(estimateTokens(''), 0);
    for (const text of ['a', '好', '1', '.', '🌉', 'é', '\n']) assert.ok(estimateTokens(text) >= 1, text);
  });

  it('takes time in proportion to the length', () => {
    const text = samples.map((sample) => sample.text).join('');
    assertLinear(estimateTokens, repeated(text), { size: 4 * text.length, name: 'the samples' });
  });
});
