import assert from 'node:assert/strict';
import { budgetWarnings, parseBudget } from '../../../src/usage/host/budget.ts';
import { parsePrices } from '../../../src/usage/host/priceSettings.ts';

describe('the setting of prices', () => {
  it('takes a price with and without tiers', () => {
    const { prices, problems } = parsePrices({
      'qwen-plus': { currency: 'CNY', input: 0.8, output: 2 },
      'gateway/a/b': {
        currency: 'USD',
        date: '2026-05-01',
        source: 'bill',
        tiers: [{ input: 1, output: 2 }],
      },
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(prices.get('qwen-plus')?.tiers, [{ input: 0.8, output: 2 }]);
    assert.equal(prices.get('gateway/a/b')?.source, 'bill');
  });

  it('is empty where nothing is set', () => {
    for (const value of [undefined, null, {}]) assert.equal(parsePrices(value).prices.size, 0);
  });

  it('names entry, place and fault, and keeps the good ones', () => {
    const { prices, problems } = parsePrices({
      good: { currency: 'CNY', input: 1, output: 1 },
      bad: { currency: 'CNY', input: '1', output: 1 },
      worse: { currency: 'EUR', input: 1, output: 1 },
      none: 7,
    });
    assert.deepEqual([...prices.keys()], ['good']);
    assert.match(problems.join('\n'), /"bad" › tiers\[0\]\.input: /);
    assert.match(problems.join('\n'), /"worse" › currency: /);
    assert.match(problems.join('\n'), /"none" › /);
    assert.equal(parsePrices([]).problems.length, 1);
  });
});

describe('the budget', () => {
  const budget = parseBudget({ currency: 'CNY', perDay: 10, perMonth: 100 });
  const spent = (dayUnits: number, monthUnits: number) => ({
    day: '2026-11-25',
    dayNanos: dayUnits * 1e9,
    monthNanos: monthUnits * 1e9,
  });

  it('warns at 80 and at 100 percent, of the day and of the month', () => {
    assert.deepEqual(budgetWarnings(budget, spent(7.99, 79), {}), []);
    assert.deepEqual(
      budgetWarnings(budget, spent(8, 100), {}).map(({ period, percent }) => [period, percent]),
      [
        ['day', 80],
        ['month', 100],
      ],
    );
  });

  it('says each thing once, and again for another budget', () => {
    const [first] = budgetWarnings(budget, spent(8, 0), {});
    const said = { [first?.key ?? '']: 80 };
    assert.deepEqual(budgetWarnings(budget, spent(9, 0), said), []);
    assert.equal(budgetWarnings(budget, spent(10, 0), said)[0]?.percent, 100);
    assert.equal(budgetWarnings({ ...budget, perDay: 11 }, spent(9, 0), said).length, 1);
  });

  it('is none where nothing usable is set', () => {
    const none = parseBudget({ currency: 'EUR', perDay: 0, perMonth: 'x' });
    assert.deepEqual(none, { currency: 'CNY', perDay: undefined, perMonth: undefined });
    assert.deepEqual(budgetWarnings(none, spent(1e6, 1e6), {}), []);
  });
});
