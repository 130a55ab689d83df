// Models, parameters and attachments are chosen in the composer; the request shows what was chosen. Chinese is typed with an
// input method, whose Enter chooses words and sends nothing.
import {
  chooseRow,
  openFile,
  openPanel,
  quickInputField,
  runCommand,
  selectLines,
  takePicture,
} from './actions.ts';
import { askInPanel, endedTurn, lastAnswer, questionField, setKey } from './chat.ts';
import { expect, test } from './fixtures.ts';
import { commit, compose, pressEnterInComposition } from './inputMethod.ts';

// First: the window has no key yet.
test('the demo needs no key', async ({ page, emulator }) => {
  const panel = await openPanel(page);
  await expect(panel.locator('body')).toHaveAttribute('data-vscode-theme-kind', 'vscode-dark');
  await panel.getByText('Try Without a Key').click();
  await expect(panel.getByText(/answers come from an emulator/)).toBeVisible();
  await askInPanel(panel, '用例子解释闭包');
  await expect(lastAnswer(panel)).toContainText('模拟器');
  await expect(endedTurn(panel)).toBeVisible();
  await takePicture(page, 'demo');
  expect(emulator.requests).toHaveLength(0);
});

test('model, parameters and attached code reach the request', async ({ page, emulator }) => {
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');

  await panel.getByRole('button', { name: /Choose Model/ }).click();
  await takePicture(page, 'models');
  await panel.getByRole('combobox').fill('yi-medium');
  await panel.getByRole('option', { name: /Yi Medium/ }).click();
  await expect(panel.getByRole('button', { name: /Choose Model/ })).toContainText('Yi Medium');

  await panel.getByRole('button', { name: 'Parameters' }).click();
  const temperature = panel
    .getByRole('textbox', { name: /Temperature/ })
    .or(panel.getByRole('spinbutton', { name: /Temperature/ }));
  await temperature.fill('2');
  await temperature.press('Tab');
  await expect(panel.getByText(/Must be .*below 2/)).toBeVisible();
  await takePicture(page, 'parameters');
  await temperature.fill('0.5');
  await temperature.press('Tab');
  await page.keyboard.press('Escape');

  await openFile(page, 'cart.ts');
  await selectLines(page, 3, 7);
  await panel.getByRole('button', { name: 'Add Context… (#)' }).click();
  await panel.getByRole('option', { name: /^Selection/ }).click();
  await expect(panel.locator('.composer .chip')).toContainText('cart.ts');
  await askInPanel(panel, 'What is this?');
  await expect(endedTurn(panel)).toBeVisible();
  const sent = JSON.parse(emulator.requests.at(-1)?.bodyText ?? '');
  expect(sent.model).toBe('yi-medium');
  expect(sent.parameters).toEqual({ temperature: 0.5, max_tokens: 2000 });
  expect(sent.input.messages[0].content).toContain('```typescript cart.ts:3-7\n');
  expect(emulator.requests.at(-1)?.warnings).toEqual([]);
  // A selection that follows the editor stays for the next question, until it is removed.
  await panel.getByRole('button', { name: 'Remove cart.ts' }).click();
  await expect(panel.locator('.composer .chip')).toHaveCount(0);
});

test('a model id of one’s own works, from the panel and from the palette', async ({ page, emulator }) => {
  emulator.script({ text: 'one' }, { text: 'two' });
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await panel.getByRole('button', { name: /Choose Model/ }).click();
  await panel.getByRole('combobox').fill('qwen-of-tomorrow');
  await page.keyboard.press('Enter');
  await askInPanel(panel, 'hi');
  await expect(lastAnswer(panel)).toHaveText('one');
  expect(emulator.requests[0]?.model).toBe('qwen-of-tomorrow');

  await runCommand(page, 'Qiao: Select Model');
  await quickInputField(page).fill('my/own-model');
  await chooseRow(page, 'my/own-model');
  await expect(panel.getByRole('button', { name: /Choose Model/ })).toContainText('my/own-model');
  await askInPanel(panel, 'hi again');
  await expect(lastAnswer(panel)).toHaveText('two');
  expect(emulator.requests[1]?.model).toBe('my/own-model');
});

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
