// The first minutes: the walkthrough, whose steps tick themselves off, and the settings.
import type { Page } from '@playwright/test';
import { notification, openPanel, runCommand, takePicture } from './actions.ts';
import { askInPanel, endedTurn } from './chat.ts';
import { expect, test } from './fixtures.ts';

const step = (page: Page, title: string) =>
  page.locator('.getting-started-step, .step-list-container button', { hasText: title }).first();

const done = (page: Page, title: string) =>
  step(page, title).locator(
    '.getting-started-checkbox.complete, .codicon-getting-started-step-checked:visible',
  );

test('each step of the walkthrough completes itself', async ({ page, emulator }) => {
  emulator.script({ text: 'Hello.' });
  await runCommand(page, 'Qiao: Get Started');
  await expect(step(page, 'Add a key, or try without one')).toBeVisible();
  await expect(done(page, 'Add a key, or try without one')).toHaveCount(0);
  await takePicture(page, 'walkthrough');
  await page.getByRole('button', { name: 'Set API Key' }).first().click();
  await page.locator('.quick-input-widget input[type=password]').fill('sk-0123456789abcdef');
  await page.keyboard.press('Enter');
  await notification(page, 'The API key is stored.');
  await expect(done(page, 'Add a key, or try without one')).toHaveCount(1);
  await expect(done(page, 'Ask your first question')).toHaveCount(0);
  await askInPanel(await openPanel(page), 'hello');
  await endedTurn(await openPanel(page)).waitFor();
  await expect(done(page, 'Ask your first question')).toHaveCount(1);
  await takePicture(page, 'two done');
});

test('settings stand in groups, and are found by what they say', async ({ page }) => {
  await runCommand(page, 'Preferences: Open Settings (UI)');
  const search = page
    .locator(
      '.settings-editor .suggest-input-container .inputarea, .settings-editor .search-container .native-edit-context',
    )
    .first();
  await search.focus();
  await page.keyboard.insertText('@ext:qiao.qiao');
  await expect(page.locator('.settings-toc-container')).toContainText('Editor and Co');
  await takePicture(page, 'settings');
  // What concerns the machine alone has a tab of its own.
  await page
    .locator('.settings-editor')
    .getByText(/^Remote/)
    .first()
    .click();
  await expect(page.locator('.settings-toc-container')).toContainText('Network');
  await page.keyboard.press('End');
  await search.focus();
  await page.keyboard.press('End');
  await page.keyboard.insertText(' silence');
  await expect(
    page.locator('.setting-item-contents', { hasText: 'Longest silence inside an answer' }),
  ).toBeVisible();
});
