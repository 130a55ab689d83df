// The first minutes: the walkthrough, whose steps tick themselves off, and the settings.
import { notification, openPanel, runCommand, takePicture } from './actions.ts';
import { askInPanel, endedTurn } from './chat.ts';
import { expect, test } from './fixtures.ts';
import { walkthroughStep, walkthroughTick } from './walkthrough.ts';

test('each step of the walkthrough completes itself', async ({ page, emulator }) => {
  emulator.script({ text: 'Hello.' });
  await runCommand(page, 'Qiao: Get Started');
  await expect(walkthroughStep(page, 'Add a key, or try without one')).toBeVisible();
  await expect(walkthroughTick(page, 'Add a key, or try without one')).toHaveCount(0);
  await takePicture(page, 'walkthrough');
  await page.getByRole('button', { name: 'Set API Key' }).first().click();
  await page.locator('.quick-input-widget input[type=password]').fill('sk-0123456789abcdef');
  await page.keyboard.press('Enter');
  await notification(page, 'The API key is stored.');
  await expect(walkthroughTick(page, 'Add a key, or try without one')).toHaveCount(1);
  await expect(walkthroughTick(page, 'Ask your first question')).toHaveCount(0);
  await askInPanel(await openPanel(page), 'hello');
  await endedTurn(await openPanel(page)).waitFor();
  await expect(walkthroughTick(page, 'Ask your first question')).toHaveCount(1);
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
