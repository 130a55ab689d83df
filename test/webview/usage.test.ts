/** The page of usage in a real browser under the strict policy: table, totals, order, period, export. */

import assert from 'node:assert/strict';
import { accessibilityViolations } from './accessibility.ts';
import { usageSnapshot } from './usageSamples.ts';
import { usePanel } from './usePanel.ts';

describe('the page of usage', () => {
  const panel = usePanel();
  const open = (width = 900) => panel.open({ entry: 'usage', width });
  const column = (name: string) => panel.page.locator(`.usage-table tbody ${name}`).allTextContents();

  it('shows this month with its sums, and what is not known', async () => {
    const { send, page } = await open();
    await send(usageSnapshot);
    assert.deepEqual(await column('th'), ['2026-11-25', '2026-11-25', '2026-11-24']);
    assert.deepEqual(await column('.cost'), ['¥0.0123', 'unknown', '¥1.20 + unknown']);
    assert.match(
      (await page.textContent('.usage-table tfoot')) ?? '',
      /Total\s*¥1\.21 \+ unknown\s*7\s*13,600/,
    );
    assert.match((await page.textContent('.usage-remarks')) ?? '', /cost is not known: 3/);
    assert.deepEqual(await accessibilityViolations(page), []);
  });

  it('sorts by a click and by the keyboard, what is unknown last', async () => {
    const { send, page } = await open();
    await send(usageSnapshot);
    const cost = page.locator('.sort-button', { hasText: 'Cost' });
    await cost.click();
    assert.deepEqual(await column('.cost'), ['¥1.20 + unknown', '¥0.0123', 'unknown']);
    await cost.press('Enter');
    assert.deepEqual(await column('.cost'), ['¥0.0123', '¥1.20 + unknown', 'unknown']);
    assert.equal(await page.locator('th[aria-sort="ascending"]').count(), 1);
  });

  it('shows other periods, exports the one in sight, and remembers it', async () => {
    const { send, page } = await open();
    await send(usageSnapshot);
    await page.selectOption('select', 'all');
    assert.equal((await column('th')).length, 4);
    await page.selectOption('select', 'today');
    assert.equal((await column('th')).length, 2);
    await page.locator('.usage-export').click();
    await page.locator('.usage-prices').click();
    assert.deepEqual(await panel.posted(), [
      { type: 'usage-ready' },
      { type: 'usage-export', prefix: '2026-11-25' },
      { type: 'usage-settings', setting: 'prices' },
    ]);
    await page.reload();
    await send(usageSnapshot);
    assert.equal(await page.inputValue('select'), 'today');
  });

  it('says when nothing was asked, and fits a narrow tab', async () => {
    const { send, page } = await open(300);
    await send({ ...usageSnapshot, rows: [] });
    assert.match((await page.textContent('.empty')) ?? '', /Nothing was asked/);
    await send(usageSnapshot);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });
});
