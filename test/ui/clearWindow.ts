// Makes a window that has been used ready for the next test, without loading it again, by what a user can do.
import { expect, type Page } from '@playwright/test';
import type { Settings } from '../../scripts/host/userData.ts';
import { closeQuickInput, openPanel, panel, repeatUntil, runCommand } from './actions.ts';
import { questionField, stopButton } from './chat.ts';

/**
 * No dialog, list, editor, terminal, notification or attachment is left, and a new chat is open in the side panel.
 * What stays is what stays for a user too: the key, the conversations and the usage so far.
 */
export async function clearWindow(page: Page, settings: Settings): Promise<void> {
  await closeDialog(page);
  await closeQuickInput(page);
  await closeEditors(page);
  if (await page.locator('.terminal-wrapper').count()) await runCommand(page, 'Terminal: Kill All Terminals');
  const bottom = page.locator('.part.panel:visible');
  if (await bottom.count()) {
    await runCommand(page, 'View: Hide Panel');
    await expect(bottom).toHaveCount(0);
  }
  if (!(await page.getByRole('button', { name: 'No Notifications' }).count()))
    await runCommand(page, 'Notifications: Clear All Notifications');
  await showTheme(page, settings['workbench.colorTheme']);
  await newChat(page);
}

/** Stops the answer that the side panel shows, if it is still coming. */
export async function stopAnswer(page: Page): Promise<void> {
  // In one step: the answer may end by itself in between.
  await stopButton(panel(page)).evaluateAll((buttons) => {
    for (const button of buttons) if (button instanceof HTMLElement) button.click();
  });
}

async function closeDialog(page: Page): Promise<void> {
  const dialog = page.locator('.monaco-dialog-box');
  if (!(await dialog.count())) return;
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

async function closeEditors(page: Page): Promise<void> {
  const tabs = page.locator('.editor-group-container .tab');
  if (!(await tabs.count())) return;
  const discard = page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save" });
  await runCommand(page, 'View: Close All Editors');
  await repeatUntil(
    async () => {
      if (await discard.count()) await discard.click();
    },
    (timeout) => tabs.first().waitFor({ state: 'detached', timeout }),
  );
}

/** VS Code follows the machine's settings file; the colours tell that it has. */
async function showTheme(page: Page, theme: unknown): Promise<void> {
  const kinds: Readonly<Record<string, string>> = {
    'Light Modern': 'vs',
    'Dark Modern': 'vs-dark',
    'Default High Contrast': 'hc-black',
    'Default High Contrast Light': 'hc-light',
  };
  await page.locator(`.monaco-workbench.${kinds[String(theme)]}`).waitFor();
}

async function newChat(page: Page): Promise<void> {
  const panel = await openPanel(page);
  // A new chat takes the keyboard, perhaps only when the test has gone on to a file.
  await questionField(panel).blur();
  await page.locator('.part.sidebar .title-actions .action-label.codicon-add').click();
  await expect(questionField(panel)).toBeFocused();
  await expect(panel.locator('.turn')).toHaveCount(0);
  await questionField(panel).fill('');
  const chips = panel.locator('.composer .chip-open');
  for (let left = await chips.count(); left > 0; left--) {
    await chips.first().press('Delete');
    await expect(chips).toHaveCount(left - 1);
  }
}
