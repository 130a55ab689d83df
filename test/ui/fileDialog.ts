// VS Code's own dialog for files, as a window in a browser shows it.
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { quickInputField } from './actions.ts';

/** Answers the dialog that is open. */
export async function chooseFile(page: Page, file: string): Promise<void> {
  // Before it has listed its folder, the dialog would put its own proposal into the field.
  await expect(quickInputField(page)).toHaveValue(new RegExp(`^${path.dirname(file)}`));
  await expect(page.locator('.quick-input-list .monaco-list-row').first()).toBeVisible();
  await quickInputField(page).fill(file);
  await page.keyboard.press('Enter');
}
