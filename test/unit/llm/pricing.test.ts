import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Cost,
  costOf,
  exactAmount,
  formatCost,
  formatCosts,
  type ModelPrice,
  sumCosts,
} from '../../../src/llm/pricing.ts';
import { describeIssues, modelPriceSchema } from '../../../src/llm/pricingSchema.ts';

const tiered: ModelPrice = {
  currency: 'CNY',
  date: '2026-01-01',
  source: 'test',
  tiers: [
    { upToInputTokens: 32_000, input: 0.8, cachedInput: 0.16, output: 2, reasoning: 8 },
    { upToInputTokens: 128_000, input: 2.4, output: 20 },
    { input: 4.8, output: 48 },
  ],
};

const usage = (inputTokens: number, outputTokens: number, more = {}) => ({
  inputTokens,
  outputTokens,
  totalTokens: inputTokens + outputTokens,
  ...more,
});

const yuan = (nanos: number): Cost => ({ currency: 'CNY', nanos });

describe('the cost of an answer', () => {
  it('is tokens times price per million, for each kind of token', () => {
    assert.deepEqual(costOf(usage(1000, 500), tiered), yuan(800_000 + 1_000_000));
    assert.deepEqual(costOf(usage(1000, 0, { cachedInputTokens: 400 }), tiered), yuan(480_000 + 64_000));
    assert.deepEqual(costOf(usage(0, 1000, { reasoningTokens: 900 }), tiered), yuan(200_000 + 7_200_000));
  });

  it('takes the tier of the input’s length, its end included', () => {
    assert.equal(costOf(usage(32_000, 0), tiered)?.nanos, 25_600_000);
    assert.equal(costOf(usage(32_001, 0), tiered)?.nanos, 76_802_400);
    assert.equal(costOf(usage(128_001, 1), tiered)?.nanos, 614_404_800 + 48_000);
  });

  it('charges kinds without a price of their own like the others', () => {
    const { nanos } = costOf(usage(50_000, 10, { cachedInputTokens: 9, reasoningTokens: 9 }), tiered) ?? {};
    assert.equal(nanos, costOf(usage(50_000, 10), tiered)?.nanos);
  });

  it('is unknown without price, without counts, and beyond the last tier', () => {
    assert.equal(costOf(usage(1, 1), undefined), undefined);
    assert.equal(costOf(undefined, tiered), undefined);
    assert.equal(costOf(usage(32_001, 1), { ...tiered, tiers: tiered.tiers.slice(0, 1) }), undefined);
  });

  it('is nothing for a model that costs nothing, which is not unknown', () => {
    const free: ModelPrice = { ...tiered, tiers: [{ input: 0, output: 0 }] };
    assert.deepEqual(costOf(usage(9, 9), free), yuan(0));
  });

  it('puts up with counts that make no sense', () => {
    const odd = { inputTokens: -5, outputTokens: Number.NaN, totalTokens: 0, cachedInputTokens: 99 };
    assert.deepEqual(costOf(odd, tiered), yuan(0));
  });

  it('never drifts: the sum of many parts is the cost of all the tokens', () => {
    const price = fc.integer({ min: 0, max: 500_000 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(price, fc.array(fc.nat(200_000), { maxLength: 300 }), (input, counts) => {
        const flat: ModelPrice = { ...tiered, tiers: [{ input, output: 0 }] };
        const [sum] = sumCosts(counts.map((count) => costOf(usage(count, 0), flat)));
        const tokens = counts.reduce((total, count) => total + count, 0);
        assert.equal(sum?.nanos ?? 0, costOf(usage(tokens, 0), flat)?.nanos);
      }),
    );
  });

  it('keeps currencies apart', () => {
    const dollars: Cost = { currency: 'USD', nanos: 5 };
    assert.deepEqual(sumCosts([dollars, undefined, yuan(1), dollars]), [
      yuan(1),
      { currency: 'USD', nanos: 10 },
    ]);
  });
});

describe('a sum of money', () => {
  const shown: [nanos: number, text: string][] = [
    [0, '¥0.00'],
    [1, '<¥0.000001'],
    [1500, '¥0.000002'],
    [12_300_000, '¥0.0123'],
    [123_000, '¥0.0001'],
    [1_000_000_000, '¥1.00'],
    [1_005_000_000, '¥1.01'],
    [999_999_999, '¥1.00'],
    [1_234_567_891_000_000, '¥1,234,567.89'],
  ];
  for (const [nanos, text] of shown) it(text, () => assert.equal(formatCost(yuan(nanos)), text));

  it('is exact in exports', () => {
    assert.equal(exactAmount(yuan(12_300_000)), '0.0123');
    assert.equal(exactAmount(yuan(2_000_000_001)), '2.000000001');
    assert.equal(exactAmount(yuan(3_000_000_000)), '3');
  });

  it('names both currencies', () => {
    assert.equal(
      formatCosts([yuan(1_000_000_000), { currency: 'USD', nanos: 30_000_000 }]),
      '¥1.00 + $0.0300',
    );
  });
});

describe('the schema of a price', () => {
  it('takes tiers', () => assert.deepEqual(modelPriceSchema.parse(tiered), tiered));

  const wrong: [name: string, value: unknown, path: string][] = [
    ['a negative price', { ...tiered, tiers: [{ input: -1, output: 1 }] }, 'tiers[0].input'],
    ['seven decimals', { ...tiered, tiers: [{ input: 0.0000001, output: 1 }] }, 'tiers[0].input'],
    ['an unknown currency', { ...tiered, currency: 'EUR' }, 'currency'],
    ['a date that is none', { ...tiered, date: '2026-02-30' }, 'date'],
    ['an unknown member', { ...tiered, tiers: [{ input: 1, output: 1, inptu: 1 }] }, 'tiers[0]'],
    [
      'tiers out of order',
      {
        ...tiered,
        tiers: [
          { input: 1, output: 1 },
          { upToInputTokens: 5, input: 1, output: 1 },
        ],
      },
      'tiers[1].upToInputTokens',
    ],
  ];
  for (const [name, value, path] of wrong)
    it(`refuses ${name} and says where`, () => {
      const { error } = modelPriceSchema.safeParse(value);
      assert.ok(error);
      assert.ok(describeIssues(error).startsWith(`${path}: `), describeIssues(error));
    });
});
