// Starts an inline edit as a user does, and finds what it offers above the lines.
import type { Locator, Page } from '@playwright/test';
import { openFile, openPanel, quickInputField, selectLines } from './actions.ts';
import { setKey } from './chat.ts';

/** With a fresh key; asks for lines 2 to 4 of `a.ts` to be changed. */
export async function startEdit(page: Page): Promise<void> {
  await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await openFile(page, 'a.ts');
  await selectLines(page, 2, 4);
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.press('Shift+Q');
  await quickInputField(page).fill('Make them loud');
  await page.keyboard.press('Enter');
}

export function lens(page: Page, text: string): Locator {
  return page.locator('.codelens-decoration a', { hasText: text });
}
