// What answers took and cost, the budget that warns, what a platform says of its limits, and a model it does not have.

import { editorPanel, notification, openPanel, runCommand, takePicture } from './actions.ts';
import { askInPanel, errorCard, lastAnswer, setKey } from './chat.ts';
import { expect, test } from './fixtures.ts';

test.use({
  settings: {
    'qiao.prices': { 'dashscope/qwen-plus': { currency: 'CNY', input: 1000, output: 2000 } },
    'qiao.budget.perDay': 1,
    'qiao.retry.maxAttempts': 1,
  },
});

test('tokens and money are shown, added up, and compared with the budget', async ({ page, emulator }) => {
  emulator.script({ text: 'Twelve.', usage: { inputTokens: 100, outputTokens: 400, totalTokens: 500 } });
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await askInPanel(panel, 'How much?');
  await expect(lastAnswer(panel)).toHaveText('Twelve.');
  await expect(panel.locator('.usage').last()).toHaveText('500 tokens · ¥0.9000');
  await expect(panel.locator('.usage').last()).toHaveAttribute(
    'title',
    /100 tokens in, 400 out\nCost: ¥0\.9000/,
  );
  await notification(page, '80 % of today’s budget is used: ¥0.9000 of ¥1.00.');
  await panel.locator('.context-button').click();
  await expect(panel.locator('.context-spent')).toHaveText('This chat so far: 500 tokens, ¥0.9000.');
  await takePicture(page, 'answer');
  await page.keyboard.press('Escape');
  await runCommand(page, 'Qiao: Show Usage');
  const usage = editorPanel(page);
  await expect(usage.locator('.usage-table tbody tr')).toHaveText(
    /qwen-plus\s*dashscope\s*¥0\.9000\s*1\s*100\s*0\s*400\s*0/,
  );
  await takePicture(page, 'usage');
});

test('an error says what is left, and a model that is gone is exchanged with one click', async ({
  page,
  emulator,
}) => {
  const headers = {
    'retry-after': '120',
    'x-ratelimit-limit-requests': '60',
    'x-ratelimit-remaining-requests': '0',
  };
  emulator.script(
    { error: { status: 429, code: 'Throttling.RateQuota', message: 'Too fast.', headers } },
    { error: { status: 404, code: 'ModelNotFound', message: 'Model not exist.' } },
    { text: 'From another model.' },
  );
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await askInPanel(panel, 'Are you there?');
  await expect(errorCard(panel)).toContainText('The platform asks to wait 120 s · Requests left: 0 of 60');
  await takePicture(page, 'limits');
  await askInPanel(panel, 'And now?');
  await expect(errorCard(panel)).toContainText('The platform does not know this model');
  await takePicture(page, 'gone');
  await errorCard(panel).getByText('Switch Model', { exact: true }).click();
  await expect(lastAnswer(panel)).toHaveText('From another model.');
  expect(emulator.requests.at(-1)?.body).toMatchObject({ model: 'qwen3-max' });
});
