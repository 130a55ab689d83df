// The whole main job without a mouse: every step by keys, with the focus where it belongs and in sight.
import type { Page } from '@playwright/test';
import { notification, panel as panelOf, quickInputField, takePicture } from './actions.ts';
import { endedTurn, lastAnswer, questionField, stopButton } from './chat.ts';
import { expect, test } from './fixtures.ts';
import { countPointerEvents, expectFocus, runByKeys, tabTo } from './keyboard.ts';

let pointerEvents = (): number => Number.NaN;

test.use({
  ownWindow: true,
  pageBefore: {
    async prepare(page) {
      pointerEvents = await countPointerEvents(page);
    },
  },
});

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

test('the main job without a mouse', async ({ page, emulator }) => {
  const { keyboard } = page;
  const panel = panelOf(page);
  const field = questionField(panel);
  const modelButton = panel.locator('.model-button');
  const turn = panel.locator('.turn').last();

  await test.step('a key, and the panel', async () => {
    await runByKeys(page, 'Qiao: Set API Key');
    await expect(page.locator('.quick-input-widget input[type=password]')).toBeFocused();
    await keyboard.type('sk-0123456789abcdef');
    await keyboard.press('Enter');
    await notification(page, 'The API key is stored.');
    await runByKeys(page, 'Qiao: New Chat');
    await expectFocus(field);
    await takePicture(page, 'opened');
  });

  await test.step('another model', async () => {
    await tabTo(panel, modelButton);
    await keyboard.press('Enter');
    await expectFocus(panel.locator('#model-filter'));
    await keyboard.type('qwen-flash');
    await expect(panel.locator('.option.active')).toContainText('Qwen Flash');
    await takePicture(page, 'models');
    await keyboard.press('Enter');
    await expectFocus(modelButton);
    await expect(modelButton).toHaveText('Qwen Flash');
    await tabTo(panel, field, 'Shift+Tab');
  });

  await test.step('ask, and stop', async () => {
    emulator.script({ pieces: ['The first half. ', 'never'], holdAfter: 1 });
    await keyboard.type('Tell me');
    await keyboard.press('Enter');
    await expect(lastAnswer(panel)).toContainText('The first half.');
    await expectFocus(field);
    await tabTo(panel, stopButton(panel));
    await keyboard.press('Enter');
    await expect(endedTurn(panel)).toContainText('Stopped.');
    await expectFocus(field);
    expect(JSON.parse((await emulator.request(0)).bodyText).model).toBe('qwen-flash');
  });

  const code = 'const bridge = "桥";';
  const answer = `Here it is:\n\n\`\`\`ts\n${code}\n\`\`\`\n\nThat is the bridge.`;
  await test.step('ask again, and copy code and answer', async () => {
    emulator.script({ text: answer });
    await keyboard.type('Where is the bridge?');
    await keyboard.press('Enter');
    await expect(lastAnswer(panel)).toContainText('That is the bridge.');
    await endedTurn(panel).waitFor();
    await tabTo(panel, turn.locator('[data-action="copy-answer"]'), 'Shift+Tab');
    await keyboard.press('Enter');
    await expect.poll(() => clipboard(page)).toBe(answer);
    await tabTo(panel, turn.locator('.code-copy'), 'Shift+Tab');
    await takePicture(page, 'code-copy');
    await keyboard.press('Enter');
    await expect.poll(() => clipboard(page)).toBe(code);
    await keyboard.press('Alt+ArrowUp');
    await expectFocus(panel.locator('.turn').first());
    await keyboard.press('Alt+ArrowDown');
    await expectFocus(turn);
  });

  await test.step('edit and send again, and go between the branches', async () => {
    emulator.script({ text: 'The bridge is in Suzhou.' });
    await tabTo(panel, turn.locator('[data-action="edit"]'));
    await keyboard.press('Enter');
    await expectFocus(turn.locator('.question-editor textarea'));
    await keyboard.type(' Exactly?');
    await takePicture(page, 'editing');
    await keyboard.press('Enter');
    await expect(lastAnswer(panel)).toHaveText('The bridge is in Suzhou.');
    await endedTurn(panel).waitFor();
    await expect(turn.locator('.question-text')).toHaveText('Where is the bridge? Exactly?');
    await expectFocus(turn.locator('[data-action="edit"]'));
    const previous = turn.locator('[data-action="branch-previous"]');
    await tabTo(panel, previous, 'Shift+Tab');
    await keyboard.press('Enter');
    await expect(turn.locator('.question-text')).toHaveText('Where is the bridge?');
    const next = turn.locator('[data-action="branch-next"]');
    await expectFocus(next);
    await takePicture(page, 'branch');
    await keyboard.press('Enter');
    await expect(lastAnswer(panel)).toHaveText('The bridge is in Suzhou.');
    await expectFocus(previous);
  });

  await test.step('find', async () => {
    const find = panel.locator('.find-text');
    await runByKeys(page, 'Qiao: Find in Chat');
    await expectFocus(find);
    await keyboard.type('bridge');
    await expect(panel.locator('.find-count')).toHaveText(/^\d of 2$/);
    await keyboard.press('Enter');
    await takePicture(page, 'find');
    await keyboard.press('Escape');
    await expect(panel.locator('.find-bar')).toBeHidden();
    await expectFocus(panel.locator('.turn [data-action="branch-previous"]').last());
  });

  await test.step('another conversation', async () => {
    emulator.script({ text: 'A second conversation.' });
    await runByKeys(page, 'Qiao: New Chat');
    await expectFocus(field);
    await keyboard.type('Something else');
    await keyboard.press('Enter');
    await expect(lastAnswer(panel)).toHaveText('A second conversation.');
    await endedTurn(panel).waitFor();
  });

  await test.step('the list: search, open, rename, delete, undo, and back', async () => {
    const rows = panel.locator('.history-entry');
    const open = rows.first().locator('.history-open');
    await runByKeys(page, 'Qiao: Show Chats');
    await expectFocus(panel.locator('.history-search'));
    await expect(rows).toHaveCount(2);
    // A key that the list does not use is VS Code's.
    await keyboard.press('F1');
    await expect(quickInputField(page)).toBeVisible();
    await keyboard.press('Escape');
    await runByKeys(page, 'Qiao: Show Chats');
    await expectFocus(panel.locator('.history-search'));
    await keyboard.type('bridge');
    await expect(rows).toHaveCount(1);
    await keyboard.press('ArrowDown');
    await expectFocus(open);
    await takePicture(page, 'search');
    await keyboard.press('Enter');
    await expect(lastAnswer(panel)).toHaveText('The bridge is in Suzhou.');
    await expectFocus(field);

    // The list is shown by a panel that has yet to load, too.
    await keyboard.press('ControlOrMeta+B');
    await expect(page.locator('iframe.webview')).toHaveCount(0);
    await runByKeys(page, 'Qiao: Show Chats');
    await expectFocus(panel.locator('.history-search'));
    await expect(rows).toHaveCount(2);
    await keyboard.press('ArrowDown');
    await expectFocus(open);
    await keyboard.press('F2');
    await expectFocus(panel.locator('.history-rename'));
    await keyboard.type('Renamed by keys');
    await keyboard.press('Enter');
    await expect(open).toHaveText('Renamed by keys');
    await expectFocus(open);
    await keyboard.press('Delete');
    await expect(rows).toHaveCount(1);
    await expectFocus(open);
    await takePicture(page, 'deleted');
    await tabTo(panel, panel.locator('.history-undo button'));
    await keyboard.press('Enter');
    await expect(rows).toHaveCount(2);
    const back = rows.filter({ hasText: 'Renamed by keys' }).locator('.history-open');
    await expectFocus(back);
    await keyboard.press('Escape');
    await expect(panel.locator('.history')).toBeHidden();
    await expectFocus(field);
  });

  expect(pointerEvents()).toBe(0);
});
