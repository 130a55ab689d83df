/** The buttons of code blocks and the menu behind them, in a real browser, by mouse and by keyboard. */

import assert from 'node:assert/strict';
import type { ViewMessage } from '../../src/chat/common/protocolSchema.ts';
import type { OpenOptions, PanelPage } from './panelPage.ts';
import { snapshot, turn } from './samples.ts';
import { usePanel } from './usePanel.ts';

const code = 'if (a < b) {\n\tc("你好 🌏");\n\n}';
const answer = `Look:\n\n\`\`\`ts src/a.ts\n${code}\n\`\`\`\n\n- in a list\n\n  \`\`\`sh\n  npm ci\n  \`\`\`\n`;

describe('the buttons of a code block', () => {
  const panel = usePanel();

  async function open(options?: OpenOptions, text = answer): Promise<PanelPage> {
    await panel.open(options);
    await panel.send(snapshot({ turns: [turn('t7', { text })] }));
    return panel;
  }

  const posted = async (): Promise<ViewMessage[]> =>
    (await panel.posted()).filter(({ type }) => type === 'code-run' || type === 'text-copy');

  it('copies the code to the character, also once it has its colours, and says so', async () => {
    const { page } = await open({ stillClock: true });
    await page.locator('.code-block .hljs-string, .code-block [class*=string]').first().waitFor();
    await page.locator('.code-copy').first().click();
    assert.deepEqual(await posted(), [{ type: 'text-copy', text: code }]);
    assert.equal(await page.locator('.code-copy').first().getAttribute('aria-label'), 'Copied');
    assert.equal(await page.locator('.code-copy .codicon-check').count(), 1);
    await page.locator('.code-copy').nth(1).click();
    assert.deepEqual((await posted()).at(-1), { type: 'text-copy', text: 'npm ci' });
  });

  it('loads the colours with the first code, and never before', async () => {
    await panel.open();
    const asked: string[] = [];
    panel.page.on('request', (request) => {
      if (request.resourceType() === 'script') asked.push(new URL(request.url()).pathname);
    });
    await panel.send(snapshot({ turns: [turn('t1', { text: 'Only `words`.\n\n    and lines' })] }));
    await panel.settle();
    assert.deepEqual(asked, []);
    await panel.send(snapshot({ turns: [turn('t2', { text: answer })] }));
    await panel.page.locator('.code-block [class*=string]').first().waitFor();
    assert.equal(asked.length, 1);
    assert.match(asked[0] ?? '', /^\/highlight-\w+\.js$/);
    assert.deepEqual(panel.complaints, []);
  });

  it('sends the code with its turn and all that stands on the fence', async () => {
    const { page } = await open();
    await page.locator('.code-insert').first().click();
    await page.locator('.code-apply').first().click();
    const common = { type: 'code-run', turnId: 't7', code, language: 'ts src/a.ts' };
    assert.deepEqual(await posted(), [
      { ...common, action: 'insert' },
      { ...common, action: 'apply' },
    ]);
  });

  it('can only be copied while it is still coming', async () => {
    await panel.open();
    await panel.send(snapshot({ turns: [turn('t1', { outcome: { status: 'running' } })] }));
    const delta = (text: string) => panel.send({ type: 'turn-delta', turnId: 't1', text, reasoning: '' });
    await delta('```ts\nconst a = 1;\n');
    assert.equal(await panel.page.locator('.code-tools button').count(), 1);
    await delta('```\n\nDone.\n\n');
    assert.equal(await panel.page.locator('.code-tools button').count(), 4);
    await delta('```ts\nopen to the end');
    assert.equal(await panel.page.locator('.code-tools button').count(), 5);
    await panel.send({ type: 'turn-finish', turnId: 't1', outcome: { status: 'stopped' } });
    assert.equal(await panel.page.locator('.code-tools button').count(), 8);
  });

  it('has a menu that the keyboard alone opens, walks and closes', async () => {
    const { page } = await open();
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    await page.locator('.code-insert').nth(1).focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press('Tab');
    const more = page.locator('.code-more').nth(1);
    assert.ok(await more.evaluate((button) => button === document.activeElement));
    const insert = page.locator('.code-insert').nth(1);
    assert.equal(await insert.evaluate((button) => getComputedStyle(button).opacity), '1');
    await page.keyboard.press('Enter');
    assert.equal(await more.getAttribute('aria-expanded'), 'true');
    const names = await page.getByRole('menuitem').allInnerTexts();
    assert.deepEqual(names, ['Replace Selection', 'Open as a New File', 'Paste into Terminal']);
    const walk: [key: string, item: string][] = [
      ['ArrowDown', 'Open as a New File'],
      ['End', 'Paste into Terminal'],
      ['ArrowDown', 'Replace Selection'],
      ['ArrowUp', 'Paste into Terminal'],
      ['Home', 'Replace Selection'],
      ['o', 'Open as a New File'],
    ];
    for (const [key, item] of walk) {
      await page.keyboard.press(key);
      assert.equal(await focused(), item);
    }
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('menu').count(), 0);
    assert.ok(await more.evaluate((button) => button === document.activeElement));
    assert.deepEqual(await posted(), []);
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    assert.deepEqual(await posted(), [
      { type: 'code-run', action: 'terminal', turnId: 't7', code: 'npm ci', language: 'sh' },
    ]);
    assert.equal(await page.getByRole('menu').count(), 0);
  });

  it('closes the menu on a second click, a click elsewhere and on scrolling', async () => {
    const { page } = await open();
    const more = page.locator('.code-more').first();
    const menu = page.getByRole('menu');
    await more.click();
    assert.deepEqual(await page.getByRole('menuitem').allInnerTexts(), [
      'Replace Selection',
      'Open as a New File',
    ]);
    await more.click();
    assert.equal(await menu.count(), 0);
    await more.click();
    await page.locator('.question-text').click();
    assert.equal(await menu.count(), 0);
    assert.equal(await more.getAttribute('aria-expanded'), 'false');
  });

  it('shrinks to Copy and the menu in a narrow panel', async () => {
    const { page } = await open({ width: 200 });
    assert.equal(await page.locator('.code-insert').first().isVisible(), false);
    await page.locator('.code-more').first().click();
    assert.deepEqual(await page.getByRole('menuitem').allInnerTexts(), [
      'Insert at Cursor',
      'Apply to File',
      'Replace Selection',
      'Open as a New File',
    ]);
    const box = await page.getByRole('menu').boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 200 && box.y >= 0);
    await page.getByRole('menuitem', { name: 'Apply to File' }).click();
    assert.equal((await posted()).length, 1);
  });

  it('shows every button in high contrast', async () => {
    const { page } = await open({ theme: 'high-contrast' });
    await page.mouse.move(0, 0);
    const opacities = await page
      .locator('.code-tools button')
      .evaluateAll((buttons) => buttons.map((button) => getComputedStyle(button).opacity));
    assert.deepEqual([...new Set(opacities)], ['1']);
  });
});
