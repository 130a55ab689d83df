/** The panel 170 to 220 pixels wide: titles, the lists of `#` and `/`, and tables can be read, and the page never scrolls sideways. */

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { accessibilityViolations } from './accessibility.ts';
import { commands, contextFiles, contextMenu } from './contextSamples.ts';
import { everyKind, historyList } from './historySamples.ts';
import { composer, snapshot, turn } from './samples.ts';
import { usePanel } from './usePanel.ts';

const wideTable = `| Option | Default | 超时之后会发生什么 | Since | Until | Unit | Note | More |
| :-- | --: | --- | :-: | --- | --- | --- | --- |
| \`retry.maxAttempts\` | 3 | 连接建立之前等待的秒数，超过后报错 | 1.2 | 2.0 | 次 | a | b |
`;
const smallTable = '| a | b |\n| - | - |\n| 1 | 2 |\n';
const field = '.composer-box textarea';

describe('a narrow panel', () => {
  const panel = usePanel();

  for (const width of [170, 200, 220])
    describe(`${width} pixels`, () => {
      for (const language of ['en', 'zh-cn'] as const)
        it(`shows a good part of each title, and all of it as the name of its row (${language})`, async () => {
          await panel.open({ width, language });
          await panel.send(snapshot(), { type: 'history-show' }, historyList(everyKind()));
          const titles = panel.page.locator('.history-open');
          assert.deepEqual(
            await titles.evaluateAll((all) => all.map((one) => one.textContent?.trim()).toSorted()),
            everyKind()
              .map(({ title }) => title)
              .toSorted(),
          );
          // Some fourteen letters in each of two lines.
          for (const room of await titles.evaluateAll((all) => all.map((one) => one.clientWidth)))
            assert.ok(room >= 110, String(room));
          assert.deepEqual(await clipped(panel.page, '.history-choice, .history h1'), []);
          await staysInside(panel.page, '.history-page, .history-list, .history-entry, .history-tools');
        });

      it('shows names whole or nearly so in the lists of # and /, with what explains them below', async () => {
        await panel.open({ width });
        await panel.send(snapshot({ composer: { ...composer, commands } }));
        await panel.page.focus(field);
        await panel.page.keyboard.type('#');
        for (const [query, items] of [
          ['', contextMenu],
          ['cart', contextFiles],
        ] as const) {
          await panel.page.keyboard.type(query);
          await panel.send({ type: 'context-results', query, items });
          await readable(panel.page, items);
        }
        // The end of a path tells more than its beginning.
        const path = panel.page.locator('.suggestion', { hasText: 'that-lie-very-deep' });
        const [box, text] = await path.evaluate((row) =>
          ['.suggestion-detail', 'bdi'].map((part) => row.querySelector(part)?.getBoundingClientRect().right),
        );
        assert.ok(Math.abs((box ?? 0) - (text ?? 1000)) < 2, `${box} ${text}`);
        await panel.page.fill(field, '');
        await panel.page.keyboard.type('/');
        await readable(
          panel.page,
          commands.map(({ name, description }) => ({ label: `/${name}`, detail: description })),
        );
      });

      it('scrolls a table, says so at its edge, and breaks no cell into letters', async () => {
        await panel.open({ width });
        await panel.send(snapshot({ turns: [turn('t', { text: `${wideTable}\n${smallTable}` })] }));
        const tables = panel.page.getByRole('group', { name: 'Table' });
        const [wide, small] = [tables.first(), tables.last()];
        await staysInside(panel.page, '.scroller');
        assert.deepEqual(await edges(panel.page), ['0px 100%, 10px 100%', '0px 100%, 0px 100%']);
        assert.ok(await small.evaluate(({ scrollWidth, clientWidth }) => scrollWidth === clientWidth));
        await wide.focus();
        await wide.evaluate((box) => box.scrollTo({ left: 60 }));
        await panel.frames(2);
        assert.deepEqual((await edges(panel.page))[0], '10px 100%, 10px 100%');
        await wide.evaluate((box) => box.scrollTo({ left: box.scrollWidth }));
        await panel.frames(2);
        assert.deepEqual((await edges(panel.page))[0], '10px 100%, 0px 100%');
        // Four characters of Chinese stand beside each other.
        const widths = await wide
          .locator('td')
          .evaluateAll((cells) => cells.map((cell) => cell.clientWidth - 20));
        assert.ok(Math.min(...widths) >= 4 * 13, widths.join());
        // And words that would else stack up have room.
        assert.ok(Math.max(...widths) >= 9 * 13, widths.join());
        assert.deepEqual(await accessibilityViolations(panel.page), []);
      });
    });

  it('welcomes with the key, # and /', async () => {
    await panel.open({ width: 170 });
    await panel.send(snapshot());
    const words = (await panel.page.locator('.welcome').textContent()) ?? '';
    assert.match(words, /press (?:Ctrl\+|⌘)K Q.*# attaches files.*\/ lists the commands/s);
    await staysInside(panel.page, '.scroller, .welcome, .example');
  });

  it('wraps words rather than scrolls where they have room', async () => {
    await panel.open({ width: 300 });
    const text =
      '| Name | Meaning |\n| - | - |\n| key | what opens the door, and is kept in the secret storage |\n';
    await panel.send(snapshot({ turns: [turn('t', { text })] }));
    assert.deepEqual(await edges(panel.page), ['0px 100%, 0px 100%']);
  });

  it('says in high contrast and in forced colours too that a table scrolls', async () => {
    await panel.open({ width: 200, theme: 'high-contrast' });
    await panel.send(snapshot({ turns: [turn('t', { text: wideTable })] }));
    const edge = (property: 'backgroundImage' | 'borderRight') =>
      panel.page.locator('.table-scroll').evaluate((box, name) => getComputedStyle(box)[name], property);
    const active = await panel.page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--vscode-contrastActiveBorder').trim(),
    );
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(active.slice(at, at + 2), 16));
    assert.ok((await edge('backgroundImage')).includes(`rgb(${red}, ${green}, ${blue})`));
    await panel.page.emulateMedia({ forcedColors: 'active' });
    assert.match(await edge('borderRight'), /^1px dashed/);
  });
});

/** How much of the shadows shows at the sides of each table. */
function edges(page: Page): Promise<string[]> {
  return page
    .locator('.table-scroll')
    .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundSize));
}

/** Each row of the list tells its name, and all there is to it in its label. */
async function readable(page: Page, items: readonly { label: string; detail: string }[]): Promise<void> {
  await staysInside(page, '.suggestions, .suggestion');
  const rows = await page.locator('.suggestion').evaluateAll((all) =>
    all.map((row) => {
      const label = row.querySelector('.suggestion-label');
      const { clientWidth = 0, scrollWidth = 0 } = label ?? {};
      return { title: row.getAttribute('title'), text: row.textContent ?? '', clientWidth, scrollWidth };
    }),
  );
  assert.equal(rows.length, items.length);
  for (const [index, { title, text, clientWidth, scrollWidth }] of rows.entries()) {
    const { label = '', detail = '' } = items[index] ?? {};
    assert.equal(title, [label, detail].filter(Boolean).join('\n'));
    assert.ok(text.includes(label) && text.includes(detail), text);
    assert.ok(clientWidth >= Math.min(scrollWidth, 100), `${label}: ${clientWidth} of ${scrollWidth}`);
  }
}

/** The parts whose words are cut off. */
function clipped(page: Page, selector: string): Promise<(string | null)[]> {
  return page
    .locator(selector)
    .evaluateAll((all) =>
      all
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ textContent }) => textContent),
    );
}

/** Neither the page nor these parts scroll sideways or stick out. */
async function staysInside(page: Page, selector: string): Promise<void> {
  const wide = await page
    .locator(`html, body, ${selector}`)
    .evaluateAll((all) =>
      all
        .filter(
          (one) => one.scrollWidth > one.clientWidth || one.getBoundingClientRect().right > window.innerWidth,
        )
        .map((one) => `${one.tagName} ${one.className} ${one.scrollWidth}: ${one.textContent}`),
    );
  assert.deepEqual(wide, []);
}
