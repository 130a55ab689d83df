// The doctor's report: what is wrong, and the next step a click away.
import type { Locator, Page } from '@playwright/test';
import { notification, openPanel, runCommand, takePicture } from './actions.ts';
import { askInPanel, errorCard, setKey } from './chat.ts';
import { expect, test } from './fixtures.ts';

// What passes by itself is tried again, which takes its time.
test.use({ settings: { 'qiao.retry.maxAttempts': 1 } });

const key = 'sk-0123456789abcdef';
const report = (page: Page): Locator => page.locator('.editor-instance .view-lines').last();

/** The report as it would be pasted into an issue. */
async function copyReport(page: Page): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.locator('.editor-actions').getByRole('button', { name: 'Copy Report' }).last().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe('');
  return page.evaluate(() => navigator.clipboard.readText());
}

test.describe('without a key', () => {
  test.use({ theme: 'Light Modern' });

  test('the report asks for one, and nothing is asked of the model', async ({ page, emulator }) => {
    await openPanel(page);
    await runCommand(page, 'Qiao: Diagnose');
    await expect(report(page)).toContainText('Next steps');
    await expect(report(page)).toContainText('No key is set.');
    await takePicture(page, 'no-key');
    await page.locator('.codelens-decoration').getByText('Set API Key').first().click();
    await page.locator('.quick-input-widget input[type=password]').fill(key);
    await page.keyboard.press('Enter');
    await notification(page, 'The API key is stored.');
    await page.locator('.codelens-decoration').getByText('Diagnose Again').click();
    await expect(report(page)).toContainText('None: everything that could be checked is in order.');
    const text = await copyReport(page);
    expect(text).toMatch(/✓ Key accepted: Yes/);
    expect(text).not.toContain(key);
    expect(emulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
    await takePicture(page, 'in-order');
  });
});

test('a platform that is not there: the error card leads to the report', async ({ page, emulator }) => {
  const panel = await openPanel(page);
  await setKey(page, key);
  await emulator.dispose();
  await askInPanel(panel, 'Anyone there?');
  await errorCard(panel).getByText('Diagnose', { exact: true }).click();
  await expect(report(page)).toContainText('ECONNREFUSED');
  await notification(page, /Problems: 1/);
  expect(await copyReport(page)).toMatch(/✗ Connection \(TCP\): /);
  await takePicture(page, 'not-there');
});
