// Chinese is typed with an input method: its Enter chooses words and sends nothing.
import { openPanel } from './actions.ts';
import { endedTurn, lastAnswer, questionField, setKey } from './chat.ts';
import { expect, test } from './fixtures.ts';
import { commit, compose, pressEnterInComposition } from './inputMethod.ts';

test('Enter sends, Shift+Enter breaks, and neither while an input method composes', async ({
  page,
  emulator,
}) => {
  emulator.script({ text: '收到。' });
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  const field = questionField(panel);
  await field.click();
  await compose(page, ['n', 'ni', 'nihao']);
  await pressEnterInComposition(page);
  await expect(panel.locator('.turn')).toHaveCount(0);
  await commit(page, '你好');
  await expect(field).toHaveValue('你好');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second line');
  await expect(field).toHaveValue('你好\nsecond line');
  expect(emulator.requests).toHaveLength(0);
  await page.keyboard.press('Enter');
  await expect(endedTurn(panel)).toBeVisible();
  await expect(lastAnswer(panel)).toHaveText('收到。');
  await expect(field).toHaveValue('');
  expect(JSON.parse(emulator.requests[0]?.bodyText ?? '').input.messages[0].content).toBe(
    '你好\nsecond line',
  );
});
