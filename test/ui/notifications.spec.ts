// Answers, errors and names that are made to look like VS Code's own links: they can be read, and nothing else.
import type { Locator, Page } from '@playwright/test';
import { chooseRow, notification, openFile, quickPickRow, runCommand, takePicture } from './actions.ts';
import { expect, test } from './fixtures.ts';
import { startEdit } from './inlineEdit.ts';

const shell = encodeURIComponent('{"config":{"shellPath":"/bin/sh"}}');
const hostile = [
  `[Allow…](command:workbench.action.terminal.new?${shell})`,
  '[x](file:///etc/passwd)',
  '[y](https://evil.example)',
  '$(check)',
].join(' ');
/** As people read it. */
const readable = hostile.replaceAll('](', '] (').replaceAll('$(', '$ (');

test.use({
  settings: {
    'files.autoSave': 'off',
    'qiao.retry.maxAttempts': 1,
    'qiao.connections': [
      { id: 'evil', name: `Evil ${hostile}`, provider: 'openai', baseUrl: 'http://127.0.0.1:9/v1' },
    ],
  },
  files: { 'a.ts': 'head();\none();\nkept();\ntwo();\ntail();\n' },
});

/** Everything there that could be meant to be clicked and is no button of VS Code's own. */
function linksIn(area: Locator): Locator {
  return area.locator('a:not(.action-label, .monaco-button, .label-name), [role=link], [href], [data-href]');
}

/** Clicks whatever looks like a link, then expects that there was none, no icon, and the text as it is. */
async function expectText(area: Locator, text = readable): Promise<void> {
  await expect(area).toBeVisible();
  const links = linksIn(area);
  const found = await links.evaluateAll((all) => all.map((one) => one.outerHTML));
  for (let at = 0; at < found.length; at++)
    await links
      .nth(at)
      .click({ timeout: 2000 })
      .catch(() => {});
  await expectNothingOpened(area.page());
  expect(found).toEqual([]);
  await expect(area).toContainText(text);
  await expect(area.locator('.codicon-check:not(.check-icon)')).toHaveCount(0);
}

async function expectNothingOpened(page: Page): Promise<void> {
  await expect(page.locator('.terminal-wrapper')).toHaveCount(0);
  await expect(page.locator('.tab')).toHaveText(['a.ts']);
  await expect(
    page.locator('.monaco-dialog-box', { hasText: /external website|evil\.example\b(?!\))/ }),
  ).toHaveCount(0);
  expect(page.context().pages()).toHaveLength(1);
}

test('nothing in a notification, a quick input or a dialog runs what an answer, a server or a name says', async ({
  page,
  emulator,
}) => {
  await test.step('an answer to an inline edit', async () => {
    // Beside a block without code, so that it is told and not proposed.
    emulator.script({ text: ['```ts', '```', hostile].join('\n') });
    await startEdit(page);
    await expectText(await notification(page, 'The answer holds no code.'));
    await takePicture(page, 'answer');
    await runCommand(page, 'Notifications: Clear All Notifications');
  });

  await test.step('the error of a server', async () => {
    await openFile(page, 'a.ts');
    emulator.script({
      error: { status: 400, code: `Bad ${hostile}`, message: `Denied. ${hostile}` },
      times: 'always',
    });
    await runCommand(page, 'Qiao: Test Connection');
    await expectText(await notification(page, 'Denied.'), `Denied. ${readable}`);
    await takePicture(page, 'error');
    await runCommand(page, 'Notifications: Show Notifications');
    await expectText(page.locator('.notifications-center'), `Denied. ${readable}`);
    await runCommand(page, 'Notifications: Clear All Notifications');
  });

  await test.step('names in a list, above a list, in a prompt and in a dialog', async () => {
    await runCommand(page, 'Qiao: Manage Connections');
    await expectText(quickPickRow(page, 'Evil'));
    await takePicture(page, 'list');
    await chooseRow(page, 'Evil');
    await expectText(page.locator('.quick-input-titlebar'));
    await chooseRow(page, 'Set its key');
    await expectText(page.locator('.quick-input-widget'), `sent to Evil ${readable} only.`);
    await takePicture(page, 'prompt');
    await page.keyboard.press('Escape');
    await runCommand(page, 'Qiao: Manage Connections');
    await chooseRow(page, 'Evil');
    await chooseRow(page, 'Remove it');
    await expectText(page.locator('.monaco-dialog-box'));
    await takePicture(page, 'dialog');
    await page.keyboard.press('Escape');
  });
  await expectNothingOpened(page);
});
