/** Finding in a conversation in a real browser: what is counted, marked and brought into sight, loaded or not. */

import assert from 'node:assert/strict';
import type { HostMessage, TurnView } from '../../src/chat/common/protocol.ts';
import { commit, compose, pressEnterInComposition } from '../ui/inputMethod.ts';
import { accessibilityViolations } from './accessibility.ts';
import { eventually } from './eventually.ts';
import { pressLater } from './laterKey.ts';
import type { OpenOptions, PanelPage } from './panelPage.ts';
import { conversation, richAnswer, snapshot, turn } from './samples.ts';
import { themesToCheck } from './themes.ts';
import { usePanel } from './usePanel.ts';

const field = '.find-text';
const filler = Array.from({ length: 40 }, (_, line) => `Paragraph ${line}.`).join('\n\n');

describe('the find bar', () => {
  const panel = usePanel();

  async function openFind(turns: readonly TurnView[], options?: OpenOptions): Promise<PanelPage> {
    await panel.open(options);
    await panel.send(snapshot({ turns }));
    await panel.page.focus('.composer textarea');
    await panel.page.keyboard.press('Control+f');
    return panel;
  }

  async function type(query: string, matches: [turnId: string, count: number][]): Promise<void> {
    await panel.page.keyboard.type(query);
    await eventually(async () => (await panel.postedOf('find-run')).at(-1)?.query === query);
    await panel.send(results(query, matches));
  }

  const results = (query: string, matches: [turnId: string, count: number][]): HostMessage => ({
    type: 'find-results',
    query,
    matches: matches.map(([turnId, count]) => ({ turnId, count })),
  });
  const count = (): Promise<string | null> => panel.page.locator('.find-count').textContent();

  /** The marked texts, and the current one with its turn and whether it can be seen. */
  function marked(): Promise<{ all: string[]; current?: string; turnId?: string; inSight?: boolean }> {
    return panel.page.evaluate(() => {
      const textOf = (range: AbstractRange): Range => {
        const live = new Range();
        live.setStart(range.startContainer, range.startOffset);
        live.setEnd(range.endContainer, range.endOffset);
        return live;
      };
      const ranges = (name: string) =>
        Array.from((CSS.highlights.get(name) ?? []) as Iterable<AbstractRange>, textOf);
      const all = ranges('qiao-find').map(String);
      const [current] = ranges('qiao-find-current');
      if (!current) return { all };
      const box = current.getBoundingClientRect();
      const frame = document.querySelector('.scroller')?.getBoundingClientRect();
      const inSight =
        box.height > 0 && frame !== undefined && box.top >= frame.top && box.bottom <= frame.bottom;
      const turnId = current.startContainer.parentElement?.closest<HTMLElement>('.turn')?.dataset.turnId;
      return { all, current: String(current), turnId, inSight };
    });
  }

  /** Waits until the current one can be seen. */
  async function markedInSight(): Promise<{ current?: string; turnId?: string }> {
    await eventually(async () => (await marked()).inSight === true);
    return marked();
  }

  it('marks every place without touching the answers, and gives the focus back', async () => {
    const { page } = await openFind([turn('t0', { question: 'The Total?', text: 'a **to**tal\n\n`total`' })]);
    const before = await page.locator('.turns').innerHTML();
    await type('total', [['t0', 2]]);
    assert.deepEqual((await marked()).all, ['Total', 'total', 'total']);
    assert.equal(await count(), '1 of 3');
    assert.deepEqual((await panel.postedOf('find-run')).at(-1), { type: 'find-run', query: 'total' });
    assert.equal(await page.locator('.turns').innerHTML(), before);
    await page.keyboard.press('Escape');
    assert.deepEqual(await marked(), { all: [] });
    assert.ok(await page.locator('.composer textarea').evaluate((area) => area === document.activeElement));
  });

  it('goes back and forth by keys and buttons, around the ends', async () => {
    const { page } = await openFind([
      turn('t0', { text: `needle\n\n${filler}` }),
      turn('t1', { text: `${filler}\n\nneedle, needle` }),
    ]);
    await type('needle', [
      ['t0', 1],
      ['t1', 2],
    ]);
    const seen: string[] = [];
    const steps = ['Enter', 'Enter', 'Shift+Enter', 'F3', 'Shift+F3'];
    for (const key of steps) {
      await page.keyboard.press(key);
      const { turnId } = await markedInSight();
      seen.push(`${turnId} ${await count()}`);
    }
    // The view stood at its end, where the last two are.
    assert.deepEqual(seen, ['t1 3 of 3', 't0 1 of 3', 't1 3 of 3', 't0 1 of 3', 't1 3 of 3']);
    await page.getByLabel('Previous Match').click();
    assert.equal(await count(), '2 of 3');
    await page.getByLabel('Next Match').click();
    assert.equal(await count(), '3 of 3');
  });

  it('scrolls to the exact place in a long turn and in wide code', async () => {
    const wide = `\`\`\`ts\n${'x'.repeat(400)} needle\n\`\`\``;
    const { page } = await openFind([turn('t0', { text: `${filler}\n\n${wide}\n\n${filler}` })]);
    await type('needle', [['t0', 1]]);
    await markedInSight();
    const visible = await page.locator('pre').evaluate((pre) => {
      const [found] = (CSS.highlights.get('qiao-find-current') ?? []) as Iterable<StaticRange>;
      const range = new Range();
      range.setStart(found?.startContainer ?? pre, found?.startOffset ?? 0);
      range.setEnd(found?.endContainer ?? pre, found?.endOffset ?? 0);
      return range.getBoundingClientRect().right <= pre.getBoundingClientRect().right;
    });
    assert.ok(visible);
  });

  it('sends for turns that the view does not have, and marks them when they come', async () => {
    const late = [turn('t8', { text: 'a needle' }), turn('t9', { text: 'b' })];
    const { page, send } = await openFind(late);
    await type('needle', [
      ['t2', 2],
      ['t8', 1],
    ]);
    assert.equal(await count(), '3 of 3');
    await page.keyboard.press('Shift+Enter');
    assert.equal(await count(), '2 of 3');
    assert.deepEqual(await panel.postedOf('turns-show'), [{ type: 'turns-show', turnId: 't2' }]);
    assert.equal((await marked()).current, undefined);
    await send({
      type: 'conversation-change',
      conversation,
      revealTurnId: 't2',
      turns: [turn('t1', { text: filler }), turn('t2', { text: `needle\n\n${filler}\n\nneedle` })],
      earlier: 1,
      later: 2,
    });
    const { current, turnId } = await markedInSight();
    assert.deepEqual({ current, turnId }, { current: 'needle', turnId: 't2' });
    assert.equal(await count(), '2 of 3');
    await page.keyboard.press('Enter');
    assert.deepEqual((await panel.postedOf('turns-show')).at(-1), { type: 'turns-show', turnId: 't8' });
  });

  it('finds in turns that are not rendered yet', async () => {
    await openFind([turn('t0', { text: 'a' })]);
    const many = Array.from({ length: 40 }, (_, index) => turn(`n${index}`, { text: `needle\n\n${filler}` }));
    const found = await panel.page.evaluate(
      async (message) => {
        window.postMessage(message, '*');
        await new Promise((resolve) => setTimeout(resolve));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const pending = document.querySelectorAll('.turn.pending').length;
        const input = document.querySelector<HTMLInputElement>('.find-text');
        if (input) input.value = 'needle';
        input?.dispatchEvent(new Event('input', { bubbles: true }));
        return { pending, marked: CSS.highlights.get('qiao-find')?.size };
      },
      snapshot({ turns: many }),
    );
    assert.ok(found.pending > 20, `${found.pending} turns waited`);
    assert.equal(found.marked, 40);
  });

  it('opens reasoning that holds the match', async () => {
    const { page } = await openFind([
      turn('t0', { text: 'needle', reasoning: 'first a needle, then a needle' }),
    ]);
    await type('needle', [['t0', 3]]);
    assert.equal(await count(), '1 of 3');
    await page.waitForFunction(() => document.querySelector('details.reasoning')?.matches('[open]'));
    await eventually(async () => (await marked()).all.length === 3);
    await markedInSight();
    await page.locator('.reasoning summary').click();
    await page.locator(field).focus();
    await page.keyboard.press('Enter');
    assert.equal(await count(), '2 of 3');
    assert.ok(await page.locator('details.reasoning').evaluate((box) => box.matches('[open]')));
    await markedInSight();
  });

  it('keeps up with a running answer without asking at every delta', async () => {
    const { page, send, pass } = await openFind([turn('t0', { outcome: { status: 'running' } })], {
      stillClock: true,
    });
    await page.keyboard.type('needle');
    await pass(200);
    await send(results('needle', []));
    assert.equal(await count(), 'No results');
    await pass(1000);
    const before = (await panel.postedOf('find-run')).length;
    for (let delta = 0; delta < 40; delta++)
      await send({ type: 'turn-delta', turnId: 't0', text: 'a needle ', reasoning: '' });
    const asked = async () => (await panel.postedOf('find-run')).length - before;
    assert.equal(await asked(), 1);
    await pass(999);
    assert.equal(await asked(), 1);
    await pass(1);
    assert.equal(await asked(), 2);
    assert.equal((await marked()).all.length, 40);
    assert.match((await count()) ?? '', /of 40$/);
  });

  it('searches for no text that is still being composed, and leaves its keys alone', async () => {
    const { page } = await openFind([turn('t0', { text: '折扣和折扣' })]);
    await compose(page, ['z', 'zhe', 'zhekou']);
    await pressEnterInComposition(page);
    assert.deepEqual((await marked()).all, []);
    assert.deepEqual(await panel.postedOf('find-run'), []);
    await commit(page, '折扣');
    assert.equal(await count(), '1 of 2');
    await pressLater(page, 'Enter');
    assert.equal(await count(), '2 of 2');
  });

  it('starts with what is selected, and never stops an answer', async () => {
    const { page, send } = await openFind([turn('t0', { text: 'some needle' })]);
    await page.keyboard.press('Escape');
    await page.locator('.answer-text p').dblclick({ position: { x: 60, y: 8 } });
    await page.keyboard.press('Control+f');
    assert.equal(await page.inputValue(field), 'needle');
    await send(snapshot({ turns: [turn('t0', { text: 'a', outcome: { status: 'running' } })] }));
    await page.keyboard.press('Escape');
    assert.deepEqual(await panel.postedOf('turn-stop'), []);
    assert.ok(await page.locator('.find-bar').isHidden());
  });

  it('opens on request of the host, but not under the list of conversations', async () => {
    await panel.open();
    await panel.send(snapshot({ turns: [turn('t0', { text: 'a' })] }), { type: 'find-show' });
    assert.ok(await panel.page.locator(field).evaluate((input) => input === document.activeElement));
    await panel.page.keyboard.press('Escape');
    await panel.send({ type: 'history-show' });
    await panel.page.keyboard.press('Control+f');
    assert.ok(await panel.page.locator('.find-bar').isHidden());
    await panel.send({ type: 'find-show' });
    assert.ok(await panel.page.locator('.history').isHidden());
    assert.ok(await panel.page.locator(field).evaluate((input) => input === document.activeElement));
  });

  for (const theme of themesToCheck(['dark', 'light', 'high-contrast', 'high-contrast-light'])) {
    it(`has nothing that axe complains about: ${theme}`, async () => {
      const { page } = await openFind([turn('t0', { text: richAnswer })], { theme });
      await type('total', [['t0', 2]]);
      assert.deepEqual(await accessibilityViolations(page), []);
      await page.keyboard.type('zzz');
      assert.equal(await count(), 'No results');
      assert.deepEqual(await accessibilityViolations(page), []);
    });
  }

  it('fits into 200 pixels, in Chinese too', async () => {
    const { page } = await openFind([turn('t0', { text: '折扣' })], { width: 200, language: 'zh-cn' });
    await page.keyboard.press('Control+f');
    await page.keyboard.insertText('折扣');
    assert.equal(await count(), '第 1 项，共 1 项');
    const box = await page.locator('.find-bar').boundingBox();
    assert.equal(box?.width, 200);
    assert.equal(await page.locator('.find-bar').evaluate((bar) => bar.scrollWidth - bar.clientWidth), 0);
  });
});
