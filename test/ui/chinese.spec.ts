// The same product in Chinese: manifest, panel, cards and notifications.
import { notification, openPanel, quickInputField, runCommand, takePicture } from './actions.ts';
import { askInPanel, errorCard, lastAnswer } from './chat.ts';
import { expect, test } from './fixtures.ts';

test.use({ language: 'zh-cn', settings: { 'qiao.retry.maxAttempts': 1 } });

test('everything Qiao says is Chinese', async ({ page, emulator }) => {
  emulator.script(
    { error: { status: 429, code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded.' } },
    { text: '好的。' },
    { text: 'h' },
  );
  const panel = await openPanel(page);
  await expect(panel.getByText('设置 API 密钥', { exact: true })).toBeVisible();
  await expect(panel.getByText('免密钥试用', { exact: true })).toBeVisible();
  await takePicture(page, 'welcome');
  await runCommand(page, '设置 API 密钥');
  await quickInputField(page).fill('sk-0123456789abcdef');
  await page.keyboard.press('Enter');
  await notification(page, 'API 密钥已保存');
  await askInPanel(panel, '你好');
  await expect(errorCard(panel)).toContainText('当前请求过于频繁');
  await takePicture(page, 'throttled');
  const visible = await panel.locator('#app').textContent();
  expect(
    (visible ?? '').replace(
      /Qwen Plus|Throttling\.RateQuota|Requests rate limit exceeded\.|[\da-f-]{36}|ID|token|429/g,
      '',
    ),
  ).not.toMatch(/[A-Za-z]{4,}/);
  await errorCard(panel).getByText('重试', { exact: true }).click();
  await expect(lastAnswer(panel)).toHaveText('好的。');
  await runCommand(page, '测试连接');
  await notification(page, '连接正常');
  await runCommand(page, 'Qiao: 诊断');
  await expect(page.locator('.editor-instance .view-lines').last()).toContainText('后续步骤');
  await takePicture(page, 'diagnosis');
});
