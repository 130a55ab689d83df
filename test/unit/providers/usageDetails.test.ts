import assert from 'node:assert/strict';
import type { Usage } from '../../../src/llm/chatModel.ts';
import { costOf, type ModelPrice } from '../../../src/llm/pricing.ts';
import { type ProtocolId, protocolIds } from '../../../src/providers/common/protocols.ts';
import { readUsage } from '../../../src/providers/messages/usageDetails.ts';
import { parseUsageLine } from '../../../src/usage/common/usageEntrySchema.ts';
import { readBytes } from '../../support/readAnswer.ts';

/** Counts as they come, and as they are read. */
const counts: [raw: unknown, read: number | undefined][] = [
  [0, 0],
  [12, 12],
  [-5, 0],
  [-0.4, 0],
  [12.4, 12],
  [12.5, 13],
  [1e9, 100_000_000],
  [1e308, 100_000_000],
  [Number.POSITIVE_INFINITY, 100_000_000],
  ['12', 12],
  [' 12.6 ', 13],
  ['-3', 0],
  ['1e999', 100_000_000],
  [Number.NaN, undefined],
  ['NaN', undefined],
  ['', undefined],
  ['many', undefined],
  [null, undefined],
  [true, undefined],
  [[5], undefined],
  [{}, undefined],
  [undefined, undefined],
];

const answers: Record<ProtocolId, (input: string, output: string, details: string) => string> = {
  openai: (input, output, details) =>
    `{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}],"usage":{"prompt_tokens":${input},"completion_tokens":${output},"prompt_tokens_details":{"cached_tokens":${details}},"completion_tokens_details":{"reasoning_tokens":${details}}}}`,
  dashscope: (input, output, details) =>
    `{"output":{"text":"x","finish_reason":"stop"},"usage":{"input_tokens":${input},"output_tokens":${output},"prompt_tokens_details":{"cached_tokens":${details}},"output_tokens_details":{"reasoning_tokens":${details}}}}`,
  'qianfan-v1': (input, output) =>
    `{"result":"x","is_end":true,"usage":{"prompt_tokens":${input},"completion_tokens":${output}}}`,
};

async function usageOf(protocol: ProtocolId, ...texts: [string, string, string]): Promise<Usage | undefined> {
  const { parts, error } = await readBytes(protocol, [answers[protocol](...texts)]);
  assert.equal(error, undefined);
  const finish = parts.at(-1);
  assert.ok(finish?.type === 'finish');
  return finish.usage;
}

describe('Counts of tokens', () => {
  it('are whole numbers within bounds, whatever came', () => {
    for (const [raw, read] of counts) {
      const usage = readUsage({ input: raw, output: 7, total: undefined });
      assert.equal(usage?.inputTokens, read ?? 0, String(raw));
      assert.equal(usage?.totalTokens, (read ?? 0) + 7);
    }
  });

  it('are no more in a part than in the whole', () => {
    const usage = readUsage({ input: 10, output: 5, total: 15, cached: 11, reasoning: '6' });
    assert.deepEqual([usage?.cachedInputTokens, usage?.reasoningTokens], [10, 5]);
  });

  it('follow from each other where one is missing', () => {
    const read = (input: unknown, output: unknown, total: unknown) => {
      const usage = readUsage({ input, output, total });
      return usage && [usage.inputTokens, usage.outputTokens, usage.totalTokens];
    };
    assert.deepEqual(read(undefined, undefined, 15), [15, 0, 15]);
    assert.deepEqual(read(10, undefined, 15), [10, 5, 15]);
    assert.deepEqual(read(undefined, 5, 15), [10, 5, 15]);
    assert.deepEqual(read(undefined, 5, -15), [0, 5, 5]);
    assert.equal(read(null, 'x', {}), undefined);
  });

  for (const protocol of protocolIds) {
    it(`${protocol}: are never lost, and never less than nothing`, async () => {
      const price: ModelPrice = {
        currency: 'CNY',
        tiers: [{ input: 100_000, cachedInput: 1, output: 100_000, reasoning: 1 }],
        date: '2026-01-01',
        source: 'test',
      };
      for (const text of ['-5', '0.5', '1e999', '-1e999', '1e308', '"12"', '"-1"', '12']) {
        const usage = await usageOf(protocol, text, text, '-5');
        assert.ok(usage, text);
        const cost = costOf(usage, price);
        assert.ok(
          cost && Number.isSafeInteger(cost.nanos) && cost.nanos >= 0,
          `${text} costs ${cost?.nanos}`,
        );
        const entry = { type: 'usage', day: '2026-01-01', connection: 'c', model: 'm', usage, cost };
        assert.deepEqual(parseUsageLine(JSON.stringify(entry)), entry, 'the ledger reads it again');
      }
      assert.equal((await usageOf(protocol, '"x"', '3', '0'))?.outputTokens, 3);
    });
  }
});
