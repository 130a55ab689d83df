/** Formulas made to stop the panel, in a real browser: too many, too large, too deep, and macros that multiply. */

import assert from 'node:assert/strict';
import { mainThreadTime } from './mainThread.ts';
import { snapshot, turn } from './samples.ts';
import { usePanelBrowser } from './usePanel.ts';

const formulas = (count: number, separator: string) =>
  Array.from({ length: count }, (_, index) => `$x_{${index}}$`).join(separator);
const typeset = '.formula.typeset';

describe('very many formulas in a browser', () => {
  const browser = usePanelBrowser();

  it('are typeset up to a limit, then as the user says', async () => {
    const { page, send, complaints } = await browser.open();
    await send(snapshot({ turns: [turn('t1', { text: formulas(2000, ' ') })] }));
    const bar = page.locator('.formula-bar');
    await bar.filter({ hasText: 'the others are shown as source' }).waitFor();
    const first = await page.locator(typeset).count();
    assert.ok(first >= 1 && first <= 500, `${first} at first`);
    await bar.getByRole('button', { name: 'Typeset More' }).click();
    await page.waitForFunction(({ selector, count }) => document.querySelectorAll(selector).length > count, {
      selector: typeset,
      count: first,
    });
    await bar.filter({ hasText: 'the others are shown as source' }).waitFor();
    assert.ok((await page.locator(typeset).count()) <= first + 500);

    const math = page.locator(`${typeset} math`).first();
    await bar.getByRole('button', { name: 'Show Source' }).click();
    assert.equal(await math.isVisible(), false);
    assert.ok(await page.locator('.formula-source').first().isVisible());
    await bar.getByRole('button', { name: 'Show Formulas' }).click();
    assert.ok(await math.isVisible());
    assert.deepEqual(complaints, []);
  });

  it('stop when the user says so, and go on when they do', async () => {
    const { page, send } = await browser.open();
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/math.js', async (route) => {
      await released;
      await route.continue();
    });
    await send(snapshot({ turns: [turn('t1', { text: formulas(300, ' ') })] }));
    const bar = page.locator('.formula-bar');
    await bar.filter({ hasText: '0 of 300 formulas' }).getByRole('button', { name: 'Stop' }).click();
    release();
    await page.locator('script[src$="/math.js"]').waitFor({ state: 'attached' });
    await bar.filter({ hasText: '0 of 300 formulas are typeset; the others are shown as source' }).waitFor();
    assert.equal(await page.locator(typeset).count(), 0);
    await bar.getByRole('button', { name: 'Typeset More' }).click();
    await page.locator(typeset).first().waitFor();
  });

  it('are typeset as they come into sight', async () => {
    const { page, send } = await browser.open();
    await send(snapshot({ turns: [turn('t1', { text: formulas(3000, '\n\n') })] }));
    await page.locator(typeset).first().waitFor();
    await page.locator('.formula').last().scrollIntoViewIfNeeded();
    await page.locator('.markdown-group').last().locator(typeset).first().waitFor();
    const count = await page.locator(typeset).count();
    assert.ok(count < 500, `${count} are typeset`);
    assert.equal(await page.locator('.formula-bar').count(), 0);
  });

  const nested = (opening: string, closing: string, count: number) =>
    `${opening.repeat(count)}1${closing.repeat(count)}`;
  for (const [name, source] of [
    ['a macro that is used 190 times', `\\gdef\\a{${'x'.repeat(2000)}}${'\\a'.repeat(190)}`],
    ['a macro in a macro in a macro', `\\def\\a#1{#1#1#1}${nested('\\a{', '}', 30)}${'x'.repeat(500)}`],
    ['colours in colours', `${'\\color{red}'.repeat(250)}x`],
    ['powers of powers', nested('x^{', '}', 700)],
    ['roots of roots', nested('\\sqrt{', '}', 350)],
    ['matrices in matrices', nested('\\begin{pmatrix}', '\\end{pmatrix}', 80)],
    ['a matrix of thousands', `\\begin{matrix}${'&'.repeat(1400)}${'\\\\'.repeat(700)}\\end{matrix}`],
    ['too many characters', `${'x+'.repeat(1600)}1`],
  ] as const) {
    it(`leave ${name} as source, with a word about it, in little time`, async () => {
      const panel = await browser.open();
      const { page, send } = panel;
      await send(snapshot({ turns: [turn('t0', { text: '$a$' })] }));
      await page.locator(typeset).waitFor();
      const milliseconds = await mainThreadTime(panel, async () => {
        await send(snapshot({ turns: [turn('t1', { text: `$$${source}$$\n\n$x$` })] }));
        await page.locator(typeset).waitFor();
      });
      const formula = page.locator('.formula').first();
      assert.ok(await formula.locator('.formula-source').isVisible());
      assert.equal(
        await formula.getAttribute('title'),
        'This formula is too large to typeset; its source is shown.',
      );
      assert.ok(milliseconds < 500, `${milliseconds} ms`);
    });
  }
});
