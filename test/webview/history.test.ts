/** The list of all conversations in a real browser: opening, searching, the keyboard, and what each action posts. */

import assert from 'node:assert/strict';
import { type HistoryEntry, historyRangeLength } from '../../src/chat/common/historyEntry.ts';
import type { ViewMessage } from '../../src/chat/common/protocolSchema.ts';
import { commit, compose, pressEnterInComposition } from '../ui/inputMethod.ts';
import { accessibilityViolations } from './accessibility.ts';
import { entry, everyKind, historyList, manyEntries } from './historySamples.ts';
import { pressLater } from './laterKey.ts';
import { mainThreadTime } from './mainThread.ts';
import type { OpenOptions, PanelPage } from './panelPage.ts';
import { snapshot, turn } from './samples.ts';
import { themesToCheck } from './themes.ts';
import { usePanel } from './usePanel.ts';

const search = '.history-search';
const composer = '.composer textarea';

describe('the history view', () => {
  const panel = usePanel();

  async function openHistory(
    entries: readonly HistoryEntry[] = everyKind(),
    options?: OpenOptions,
  ): Promise<PanelPage> {
    await panel.open(options);
    await panel.send(snapshot());
    await panel.page.focus(composer);
    await panel.send({ type: 'history-show' }, historyList(entries));
    return panel;
  }

  async function posted(prefix: string): Promise<ViewMessage[]> {
    return (await panel.posted()).filter(({ type }) => type.startsWith(prefix));
  }

  const textOf = (selector: string): Promise<string | null> => panel.page.locator(selector).textContent();
  const focusedRow = (): Promise<string | undefined> =>
    panel.page.evaluate(() => document.activeElement?.closest<HTMLElement>('.history-entry')?.dataset.id);
  const row = (id: string) => panel.page.locator(`.history-entry[data-id="${id}"]`);

  it('covers the panel, asks for the list, and gives the focus back', async () => {
    const { page, send } = await openHistory();
    assert.ok(await panel.hasFocus(search));
    assert.deepEqual(await posted('history'), [{ type: 'history-search', query: '' }]);
    assert.ok(await page.locator(composer).isHidden());
    await page.keyboard.press('Escape');
    assert.ok(await panel.hasFocus(composer));
    assert.ok(await page.locator('.history').isHidden());
    assert.equal((await posted('history-close')).length, 1);
    // Closed, it listens no more; opened again, it starts anew.
    await send(historyList([entry('a')]), { type: 'history-show' });
    assert.equal(await page.locator('.history-entry').count(), 0);
    await page.click('.history-back');
    assert.ok(await panel.hasFocus(composer));
  });

  it('opens even as the first thing the panel is told', async () => {
    await panel.open();
    await panel.send(snapshot(), { type: 'history-show' });
    assert.ok(await panel.hasFocus(search));
  });

  it('groups, and says of each conversation what there is to say', async () => {
    const { page } = await openHistory(everyKind(), { stillClock: true });
    const headings = await page.locator('.history-group h2').allTextContents();
    assert.deepEqual(headings.slice(0, 3), ['Pinned', 'Today', 'Yesterday']);
    const about = async (id: string) =>
      (await textOf(`[data-id="${id}"] .history-about`))?.replace(/\s+/g, ' ').trim() ?? '';
    assert.match(await about('running'), /^Answering….*now.*1 question$/);
    assert.match(await about('long'), /yesterday.*billing-service.*24 questions/);
    assert.match(await about('damaged'), /^Damaged\. Can be exported/);
    assert.match(await about('newer'), /newer version of Qiao/);
    assert.match(await about('pinned'), /Pinned$/);
    assert.ok(await row('running').locator('.codicon-modifier-spin').isVisible());
    assert.ok(await row('damaged').locator('.codicon-warning').isVisible());
    // Two lines, however long the title.
    const title = await row('long').locator('.history-open').boundingBox();
    assert.equal(title?.height, 40);
  });

  it('searches as the user types, at most every 150 ms, and ignores answers to older queries', async () => {
    const { page, send, pass } = await openHistory(everyKind(), { stillClock: true });
    const queries = async () =>
      (await posted('history-search')).map((message) => 'query' in message && message.query);
    await page.keyboard.type('read');
    await pass(149);
    assert.deepEqual(await queries(), ['', 'r']);
    await pass(1);
    await page.keyboard.type('file');
    assert.deepEqual(await queries(), ['', 'r', 'read']);
    await pass(150);
    assert.deepEqual(await queries(), ['', 'r', 'read', 'readfile']);
    await send(historyList([entry('stale')], { query: 'read' }));
    assert.equal(await row('stale').count(), 0);
    const match = { text: 'How to readfile <b>quickly</b>', start: 7, end: 15 };
    await send(historyList([entry('hit', { match })], { query: 'readfile' }));
    assert.equal(await row('hit').locator('mark').textContent(), 'readfile');
    assert.match((await textOf('.history-match')) ?? '', /<b>quickly<\/b>$/);
    await page.keyboard.press('Escape');
    await pass(150);
    assert.equal(await page.inputValue(search), '');
    assert.deepEqual((await posted('history-search')).at(-1), { type: 'history-search', query: '' });
    assert.ok(await page.locator('.history').isVisible());
  });

  it('searches for no text that is still being composed, and leaves its keys alone', async () => {
    const { page, pass } = await openHistory(everyKind(), { stillClock: true });
    await compose(page, ['w', 'wen', 'wenjian']);
    await pressEnterInComposition(page);
    assert.ok(await panel.hasFocus(search));
    await pass(150);
    assert.equal((await posted('history-search')).length, 1);
    await commit(page, '文件');
    await pass(150);
    assert.deepEqual((await posted('history-search')).slice(1), [{ type: 'history-search', query: '文件' }]);
  });

  it('is walked through by keyboard, one stop of the tab key per list', async () => {
    const { page } = await openHistory();
    await page.keyboard.press('ArrowDown');
    assert.equal(await focusedRow(), 'pinned');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focusedRow(), 'chinese');
    for (const label of ['Rename (F2)', 'Pin', 'Delete (Del)', 'More Actions…']) {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), label);
      assert.equal(await focusedRow(), 'chinese');
    }
    await page.keyboard.press('ArrowUp');
    assert.equal(await focusedRow(), 'running');
    await page.keyboard.press('End');
    assert.equal(await focusedRow(), 'old');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    assert.ok(await panel.hasFocus(search));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    assert.deepEqual(await posted('history-run'), [{ type: 'history-run', action: 'open', id: 'pinned' }]);
    assert.ok(await page.locator('.history').isHidden());
    assert.ok(await panel.hasFocus(composer));
  });

  it('renames in place, by keys of the user and not of the input method', async () => {
    const { page, send } = await openHistory();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('F2');
    assert.equal(await page.inputValue('.history-rename'), 'Release checklist');
    await page.keyboard.press('Backspace');
    await compose(page, ['f', 'fabu']);
    await pressEnterInComposition(page);
    // A list that comes in between takes nothing away.
    await send(historyList(everyKind()));
    await commit(page, '发布');
    assert.equal(await page.inputValue('.history-rename'), '发布');
    assert.equal((await posted('history-rename')).length, 0);
    await pressLater(page, 'Enter');
    assert.deepEqual(await posted('history-rename'), [
      { type: 'history-rename', id: 'pinned', title: '发布' },
    ]);
    assert.equal(await focusedRow(), 'pinned');

    await page.keyboard.press('F2');
    await page.keyboard.type('no');
    await page.keyboard.press('Escape');
    assert.equal((await posted('history-rename')).length, 1);
    assert.ok(await page.locator('.history').isVisible());
    assert.equal(await focusedRow(), 'pinned');

    await page.keyboard.press('F2');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    assert.deepEqual((await posted('history-rename')).at(-1), {
      type: 'history-rename',
      id: 'pinned',
      title: '',
    });

    // Going on with something else keeps what was typed.
    await page.keyboard.press('F2');
    await page.keyboard.type('Kept');
    await page.click(search);
    assert.deepEqual((await posted('history-rename')).at(-1), {
      type: 'history-rename',
      id: 'pinned',
      title: 'Kept',
    });
  });

  it('deletes with undo, and keeps the place in the list', async () => {
    const entries = [entry('a'), entry('b'), entry('c')];
    const { page, send } = await openHistory(entries);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Delete');
    assert.deepEqual(await posted('history-run'), [{ type: 'history-run', action: 'delete', id: 'b' }]);
    const deleted = { id: 'b', title: 'Conversation b' };
    await send(historyList([entry('a'), entry('c')], { deleted }));
    assert.equal(await focusedRow(), 'c');
    assert.match((await textOf('.history-undo')) ?? '', /Deleted “Conversation b”/);
    await page.click('.history-undo button');
    await send(historyList(entries));
    assert.equal(await focusedRow(), 'b');
    assert.equal(await page.locator('.history-undo').count(), 0);
    await send(historyList([entry('a'), entry('c')], { deleted }));
    await page.keyboard.press('Control+z');
    assert.deepEqual((await posted('history-run')).slice(1), [
      { type: 'history-run', action: 'undelete', id: 'b' },
      { type: 'history-run', action: 'undelete', id: 'b' },
    ]);
  });

  it('pins, exports and opens beside', async () => {
    const { page } = await openHistory();
    await row('chinese').hover();
    await row('chinese').getByLabel('Pin', { exact: true }).click();
    await row('pinned').hover();
    await row('pinned').getByLabel('Unpin').click();
    // One that was closed goes a moment later.
    const menu = page.locator('.menu:popover-open');
    const choose = async (item: string) => {
      await row('long').click({ button: 'right' });
      await menu.getByText(item).click();
      assert.ok(await menu.isHidden());
    };
    await choose('Open as Markdown Beside');
    await choose('Export as Markdown…');
    await row('long').locator('.history-more').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.role), 'menuitem');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    assert.ok(
      await row('long')
        .locator('.history-more')
        .evaluate((button) => button === document.activeElement),
    );
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    assert.ok(await menu.isHidden());
    assert.ok(await page.locator('.history').isVisible());
    const ran = (await posted('history-run')).map((message) =>
      message.type === 'history-run' ? `${message.action} ${message.id}` : '',
    );
    assert.deepEqual(ran, [
      'pin chinese',
      'unpin pinned',
      'open-markdown long',
      'export-markdown long',
      'export-json long',
    ]);
  });

  it('offers only the exports of what is damaged, and nothing of what is newer', async () => {
    const { page } = await openHistory();
    assert.equal(await row('newer').locator('.history-actions button').count(), 0);
    await row('newer').locator('.history-open').focus();
    await page.keyboard.press('Enter');
    assert.ok(await page.locator('.history').isVisible());
    await row('damaged').locator('.history-open').click();
    assert.deepEqual(await page.locator('.menu:popover-open button').allTextContents(), [
      'Export as Markdown…',
      'Export as JSON…',
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await row('damaged').locator('.history-open').focus();
    for (const key of ['F2', 'Delete']) await page.keyboard.press(key);
    assert.deepEqual(await posted('history-r'), [
      { type: 'history-run', action: 'export-json', id: 'damaged' },
    ]);
  });

  it('shows this folder alone on request', async () => {
    const { page, send } = await openHistory();
    await page.getByText('This Folder').click();
    assert.equal(await row('long').count(), 0);
    assert.equal(await row('chinese').count(), 1);
    await send(historyList([entry('elsewhere', { here: false })]));
    assert.match((await textOf('.history-empty')) ?? '', /No chats in this folder/);
    await page.getByText('Show All Folders').click();
    assert.equal(await row('elsewhere').count(), 1);
    await send(historyList([entry('here')]));
    assert.equal(await page.locator('.history-choices').count(), 0);
  });

  it('says when there is nothing, imports, and starts anew', async () => {
    const { page, send } = await openHistory([]);
    assert.match((await textOf('.history-empty')) ?? '', /No chats yet/);
    await page.keyboard.type('zzz');
    await send(historyList([], { query: 'zzz' }));
    assert.match((await textOf('.history-empty')) ?? '', /Nothing found for “zzz”/);
    await page.click('.history-import');
    assert.equal((await posted('history-import')).length, 1);
    await page.click('.history-new');
    assert.equal((await posted('chat-new')).length, 1);
    assert.ok(await page.locator('.history').isHidden());
  });

  it('makes way for what begins elsewhere, and never stops an answer', async () => {
    const { page, send } = await openHistory();
    await send(snapshot({ turns: [turn('t1', { outcome: { status: 'running' } })] }));
    assert.equal((await posted('history-search')).length, 2);
    await page.keyboard.press('Escape');
    assert.deepEqual(await posted('turn-stop'), []);
    await send({ type: 'history-show' }, { type: 'composer-focus' });
    assert.ok(await page.locator('.history').isHidden());
    assert.ok(await panel.hasFocus(composer));
  });

  it('opens within 100 ms of main-thread time at 2,000 entries, and reaches every one', async () => {
    const { page } = await openHistory([]);
    await page.keyboard.press('Escape');
    const times: number[] = [];
    for (let run = 0; run < 5; run++) {
      if (run > 0) await page.keyboard.press('Escape');
      const message = await page.evaluateHandle((list) => list, historyList(manyEntries(2000)));
      // Everything counts: reading the message, rendering, style, layout and paint.
      const time = await mainThreadTime(panel, () =>
        page.evaluate(async (list) => {
          window.postMessage({ type: 'history-show' }, '*');
          window.postMessage(list, '*');
          for (let frame = 0; frame < 3; frame++)
            await new Promise((resolve) => requestAnimationFrame(resolve));
        }, message),
      );
      times.push(time);
    }
    const sorted = times.toSorted((a, b) => a - b);
    console.log(`      2,000 entries, sorted: ${sorted.map((time) => time.toFixed(0)).join(', ')} ms`);
    // The quietest run: on a busy machine the others tell of the neighbours.
    assert.ok((sorted[0] ?? Number.NaN) < 100);
    await page.keyboard.press('ArrowDown');
    const all = await page.evaluate(() => {
      const start = performance.now();
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
      return performance.now() - start;
    });
    console.log(`      to the last of them: ${all.toFixed(1)} ms`);
    assert.equal(await focusedRow(), 'many-1999');
    assert.equal(await page.locator('.history-entry').count(), 2000);
  });

  it('renders more while the reader scrolls', async () => {
    const { page } = await openHistory(manyEntries(300));
    const before = await page.locator('.history-entry').count();
    assert.ok(before < 100);
    await page.locator('.history-list').evaluate((list) => list.scrollBy(0, 1e6));
    await page.waitForFunction((count) => document.querySelectorAll('.history-entry').length > count, before);
  });

  describe('of which the page holds a part', () => {
    const all = manyEntries(10_000).map((one) => ({ ...one, pinned: false }));

    /** What the host answers to the newest request. */
    async function answer(entries: readonly HistoryEntry[] = all): Promise<number> {
      const asked = (await panel.postedOf('history-search')).at(-1);
      const from = Math.max(0, Math.min(asked?.from ?? 0, entries.length - historyRangeLength));
      const part = entries.slice(from, from + historyRangeLength);
      await panel.send(historyList(part, { from, total: entries.length, here: false, elsewhere: true }));
      return from;
    }

    async function openPart(): Promise<PanelPage> {
      await openHistory([]);
      await answer();
      return panel;
    }

    /** The requests that were posted, after a frame for what the last step leads to. */
    async function requests(): Promise<(number | undefined)[]> {
      await panel.page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
      return (await panel.postedOf('history-search')).map(({ from }) => from);
    }

    const scrollTo = (part: number): Promise<void> =>
      panel.page.locator('.history-list').evaluate((list, at) => {
        list.scrollTop = at * list.scrollHeight;
      }, part);
    const rowsInSight = (): Promise<string[]> =>
      panel.page.locator('.history-list').evaluate((list) => {
        const { top, bottom } = list.getBoundingClientRect();
        return [...list.querySelectorAll<HTMLElement>('.history-entry')]
          .filter(
            (one) => one.getBoundingClientRect().bottom > top && one.getBoundingClientRect().top < bottom,
          )
          .map(({ dataset }) => dataset.id ?? '');
      });

    it('has the rest by scrolling, and never more than that part on the page', async () => {
      const { page } = await openPart();
      const rows = page.locator('.history-entry');
      assert.ok((await rows.count()) < 100);
      const height = await page.locator('.history-list').evaluate((list) => list.scrollHeight);
      assert.ok(height > 10_000 * 45, `${height} pixels for 10,000 rows`);
      assert.deepEqual(await requests(), [undefined]);
      for (const place of [0.5, 1, 0.1, 0]) {
        await scrollTo(place);
        await requests();
        const from = await answer();
        assert.ok(Math.abs(from / 9850 - place) < 0.03, `from ${from} at ${place}`);
        assert.ok((await rowsInSight()).length > 3, `rows at ${place}`);
        assert.ok((await rows.count()) <= historyRangeLength);
      }
      assert.equal((await rowsInSight())[0], 'many-0');
      assert.equal(await row('many-7').getAttribute('aria-posinset'), '8');
      assert.equal(await row('many-7').getAttribute('aria-setsize'), '10000');
      assert.deepEqual(await accessibilityViolations(page), []);
    });

    it('goes on without a gap or a jump, row by row and page by page', async () => {
      const { page } = await openPart();
      await page.keyboard.press('ArrowDown');
      const seen = new Set(await rowsInSight());
      for (let step = 0; step < 18; step++) {
        const before = await rowsInSight();
        await page.keyboard.press('PageDown');
        const asked = (await requests()).length;
        await answer();
        const after = await rowsInSight();
        assert.ok(asked === 1 || after.some((id) => before.includes(id)), `${before} → ${after}`);
        for (const id of after) seen.add(id);
      }
      const last = Number((await focusedRow())?.slice('many-'.length));
      assert.ok(last > historyRangeLength, `at ${last}`);
      for (let number = 0; number <= last; number++)
        assert.ok(seen.has(`many-${number}`), `${number} of ${last}`);
    });

    it('is reached to its end and back by keyboard', async () => {
      const { page } = await openPart();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      assert.deepEqual(await requests(), [undefined, 9850]);
      await answer();
      assert.equal(await focusedRow(), 'many-9999');
      assert.ok((await rowsInSight()).includes('many-9999'));
      await page.keyboard.press('ArrowUp');
      assert.equal(await focusedRow(), 'many-9998');
      await page.keyboard.press('Home');
      await requests();
      await answer();
      assert.equal(await focusedRow(), 'many-0');
    });

    it('goes where the last key leads, though another part is on its way', async () => {
      const { page } = await openPart();
      await page.keyboard.press('ArrowDown');
      await scrollTo(0.5);
      await requests();
      await page.keyboard.press('End');
      await answer();
      assert.equal((await requests()).at(-1), 9850);
      await answer();
      assert.equal(await focusedRow(), 'many-9999');
    });

    it('keeps the focus where it was while its row is out of sight', async () => {
      const { page } = await openPart();
      for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown');
      assert.equal(await focusedRow(), 'many-2');
      await scrollTo(0.5);
      await requests();
      await answer();
      assert.equal(await row('many-2').count(), 0);
      assert.ok(await panel.hasFocus('.history-list'));
      const there = await rowsInSight();
      // A change elsewhere does not scroll.
      await answer();
      assert.deepEqual(await rowsInSight(), there);
      await page.keyboard.press('ArrowDown');
      await requests();
      await answer();
      assert.equal(await focusedRow(), 'many-3');
      // Deleted, the next one has it.
      await answer(all.filter(({ id }) => id !== 'many-3'));
      assert.equal(await focusedRow(), 'many-4');
    });

    it('stays where it is when something comes above it', async () => {
      const { page } = await openPart();
      await page.locator('.history-list').evaluate((list) => list.scrollBy(0, 700));
      await requests();
      const top = async (id: string) => (await row(id).boundingBox())?.y;
      const [id = ''] = await rowsInSight();
      const before = await top(id);
      await answer([entry('new', { title: 'Asked in another window' }), ...all]);
      assert.equal(await top(id), before);
    });

    it('takes a title that was being typed when its row goes', async () => {
      const { page } = await openPart();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('F2');
      await page.keyboard.type('Typed');
      await scrollTo(0.5);
      await requests();
      assert.deepEqual(await posted('history-rename'), [
        { type: 'history-rename', id: 'many-0', title: 'Typed' },
      ]);
    });

    it('is asked for by folder, and counts what the host found', async () => {
      const { page, send } = await openPart();
      await page.getByText('This Folder').click();
      assert.deepEqual((await panel.postedOf('history-search')).at(-1), {
        type: 'history-search',
        query: '',
        here: true,
      });
      assert.equal(await row('many-0').count(), 0);
      const here = all.filter((one) => one.here);
      await send(historyList(here.slice(0, historyRangeLength), { from: 0, total: here.length, here: true }));
      assert.equal(
        await page.locator('.history-entry').first().getAttribute('aria-setsize'),
        String(here.length),
      );
      await page.getByText('All Folders').click();
      // The answer to the request before comes too late.
      await send(historyList(here.slice(0, 10), { from: 0, total: 10, here: true }));
      assert.notEqual(await page.locator('.history-entry').first().getAttribute('aria-setsize'), '10');
      await page.focus(search);
      await page.keyboard.type('x');
      await send(historyList(all.slice(0, 5), { query: 'x', from: 0, total: 1234, here: false }));
      assert.match(
        (await textOf('.history-page > [role=status]:not(.history-undo-place)')) ?? '',
        /^1,?234 chats found/,
      );
    });
  });

  for (const theme of themesToCheck(['dark', 'light', 'high-contrast', 'high-contrast-light'])) {
    it(`has nothing that axe complains about: ${theme}`, async () => {
      const { page, send } = await openHistory(everyKind(), { theme });
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      assert.deepEqual(await accessibilityViolations(page), []);
      await page.keyboard.press('F2');
      assert.deepEqual(await accessibilityViolations(page), []);
      await page.keyboard.press('Escape');
      await row('running').locator('.history-more').click();
      assert.deepEqual(await accessibilityViolations(page), []);
      await page.keyboard.press('Escape');
      const match = { text: 'some text', start: 5, end: 9 };
      await send(historyList([entry('a', { match })], { deleted: { id: 'b', title: 'Gone' } }));
      assert.deepEqual(await accessibilityViolations(page), []);
      await send(historyList([]));
      assert.deepEqual(await accessibilityViolations(page), []);
    });
  }

  it('fits into 200 pixels, in Chinese too', async () => {
    const { page, send } = await openHistory(everyKind(), { width: 200, language: 'zh-cn' });
    await send(snapshot(), historyList(everyKind()));
    assert.equal((await textOf('.history h1')) ?? '', '历史对话');
    for (const selector of ['.history-page', '.history-list', '.history-entry', '.history-tools']) {
      const boxes = await page
        .locator(selector)
        .evaluateAll((all) => all.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
      assert.equal(Math.max(...boxes), 0, selector);
    }
    assert.deepEqual(await accessibilityViolations(page), []);
  });
});
