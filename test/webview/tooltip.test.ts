/** The tooltips of buttons without words: at the pointer, at the keyboard's focus, and never beyond the page. */

import assert from 'node:assert/strict';
import { accessibilityViolations } from './accessibility.ts';
import type { OpenOptions } from './panelPage.ts';
import { richAnswer, snapshot, turn } from './samples.ts';
import { usePanel } from './usePanel.ts';

const delay = 500;
const context = { tokens: 1_200, limit: 30_000, exact: true, omittedTurns: 0, summarising: false };

describe('tooltips', () => {
  const panel = usePanel();

  async function open(options: OpenOptions = {}): Promise<void> {
    await panel.open({ stillClock: true, ...options });
    await panel.send(snapshot({ draft: 'x', turns: [turn('t1', { text: richAnswer })] }), {
      type: 'context-change',
      context,
    });
  }

  /** What can be read, if anything. */
  const shown = (): Promise<string | null> =>
    panel.page.evaluate(() => document.querySelector('.tooltip:popover-open')?.textContent ?? null);

  it('show at the pointer what a screen reader says, after a moment', async () => {
    await open();
    await panel.page.hover('.context-button');
    await panel.pass(delay - 1);
    assert.equal(await shown(), null);
    await panel.pass(1);
    assert.equal(await shown(), 'Context: 1,200 of 30,000 tokens');
    // A neighbour has nothing to wait for.
    await panel.page.hover('.parameters-button');
    await panel.pass(0);
    assert.equal(await shown(), 'Parameters and System Prompt');
    await panel.page.hover('textarea');
    assert.equal(await shown(), null);
  });

  it('show where the keyboard is, until a key is pressed that does what it does', async () => {
    await open();
    await panel.page.focus('[data-action="copy-answer"]');
    // The focus that a pointer brings is no reason to explain.
    await panel.page.keyboard.press('Shift+Tab');
    await panel.page.keyboard.press('Tab');
    await panel.pass(delay);
    assert.equal(await shown(), 'Copy Answer');
    await panel.page.mouse.move(1, 1);
    assert.equal(await shown(), 'Copy Answer', 'the pointer is elsewhere');
    await panel.page.keyboard.press('Tab');
    await panel.pass(delay);
    assert.equal(await shown(), 'Ask Again');
    await panel.page.keyboard.press('Escape');
    assert.equal(await shown(), null);
    assert.ok(await panel.hasFocus('[data-action="retry"]'));
    await panel.pass(delay);
    assert.equal(await shown(), null, 'it stays away');
  });

  it('go with a click and with what they belong to', async () => {
    await open();
    await panel.page.hover('[data-action="inspect"]');
    await panel.pass(delay);
    assert.equal(await shown(), 'Inspect Request');
    await panel.page.mouse.down();
    assert.equal(await shown(), null);
    await panel.page.mouse.up();
    await panel.page.hover('[data-action="retry"]');
    await panel.pass(delay);
    assert.equal(await shown(), 'Ask Again');
    await panel.send(snapshot({ turns: [] }));
    await panel.frames(3);
    assert.equal(await shown(), null);
  });

  it('say what hints say, and nothing that stands there already', async () => {
    await open();
    await panel.page.hover('.composer [aria-haspopup="listbox"]');
    await panel.pass(delay);
    assert.match((await shown()) ?? '', /^Add Context… \(#\)\nOr drop files/);
    await panel.send(
      snapshot({ turns: [turn('t1', { text: 'a', outcome: { status: 'stopped', canContinue: true } })] }),
    );
    await panel.page.hover('[data-action="continue"]');
    await panel.pass(delay);
    assert.equal(await shown(), null);
  });

  it('explain a button that is off', async () => {
    await open();
    await panel.send(snapshot());
    await panel.page.hover('.send', { force: true });
    await panel.pass(delay);
    assert.equal(await shown(), 'Send (Enter)');
  });

  it('are one: no button has the browser’s own beside it', async () => {
    await open();
    const both = await panel.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button[title][aria-label]')]
        .filter(({ ariaLabel, title }) => ariaLabel === title)
        .map(({ className }) => className),
    );
    assert.deepEqual(both, []);
    assert.ok((await panel.page.locator('button[aria-label]:not([title])').count()) > 8);
  });

  for (const width of [170, 400])
    it(`stay in the page, ${width} pixels wide`, async () => {
      await open({ width, height: 480 });
      const buttons = panel.page.locator('button[aria-label]:not([title]):not(:disabled):visible');
      const count = await buttons.count();
      let seen = 0;
      for (let index = 0; index < count; index++) {
        await buttons.nth(index).hover();
        await panel.pass(delay);
        const found = await panel.page.evaluate(() => {
          const tip = document.querySelector('.tooltip:popover-open');
          const { scrollWidth, clientWidth } = document.documentElement;
          if (!tip) return { inside: true, wider: scrollWidth > clientWidth };
          const { left, right, top, bottom } = tip.getBoundingClientRect();
          const inside = left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
          return { text: tip.textContent, inside, wider: scrollWidth > clientWidth };
        });
        if (found.text) seen += 1;
        assert.ok(found.inside && !found.wider, JSON.stringify(found));
        await panel.page.mouse.move(1, 1);
      }
      assert.ok(seen > 8, String(seen));
    });

  it('have nothing that axe complains about', async () => {
    // Axe has timers of its own.
    await open({ stillClock: false });
    for (const theme of ['dark', 'light', 'high-contrast'] as const) {
      await panel.showTheme(theme);
      await panel.page.mouse.move(1, 1);
      await panel.page.hover('.context-button');
      await panel.page.locator('.tooltip:popover-open').waitFor();
      assert.deepEqual(await accessibilityViolations(panel.page), []);
    }
  });
});
