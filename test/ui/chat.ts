// The panel as a user sees it: what can be typed, pressed and read there.
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import { notification, runCommand } from './actions.ts';

/** The field a question is typed into. */
export const questionField = (panel: FrameLocator): Locator => panel.locator('.composer textarea');

export const stopButton = (panel: FrameLocator): Locator => panel.locator('.composer button.stop');

/** The text of the newest answer. */
export const lastAnswer = (panel: FrameLocator): Locator => panel.locator('.turn .answer-text').last();

/** The newest turn once its answer has ended, however it did. */
export const endedTurn = (panel: FrameLocator): Locator =>
  panel.locator('.turn').last().and(panel.locator('[data-phase="ended"]'));

export const errorCard = (panel: FrameLocator): Locator => panel.locator('.error-card').last();

/** Enters it; what follows is for the caller to await. */
export async function enterInPanel(panel: FrameLocator, text: string): Promise<void> {
  await questionField(panel).fill(text);
  await questionField(panel).press('Enter');
}

/** Returns when the question has its turn: until then the last turn is the one before, which may have ended. */
export async function askInPanel(panel: FrameLocator, question: string): Promise<void> {
  const lastTurnId = () =>
    panel.locator('.turn').evaluateAll((turns) => turns.at(-1)?.getAttribute('data-turn-id'));
  const before = await lastTurnId();
  await enterInPanel(panel, question);
  await expect.poll(lastTurnId, { intervals: [100] }).not.toBe(before);
}

/** Presses the answer's own copy button and expects this text on the clipboard. */
export async function expectCopiedAnswer(page: Page, panel: FrameLocator, text: string): Promise<void> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await panel
    .locator('.turn')
    .last()
    .getByRole('button', { name: /Copy Answer|复制回答/ })
    .click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
}

/** The key of the window that stands in each page: it stays there for the tests that follow. */
const keys = new WeakMap<Page, string>();

/** A new window has no key. */
export const forgetKey = (page: Page): boolean => keys.delete(page);

/** Stores a key the way a user does, unless the window has it. */
export async function setKey(page: Page, key: string): Promise<void> {
  if (keys.get(page) === key) return;
  await runCommand(page, 'Qiao: Set API Key');
  await page.locator('.quick-input-widget input[type=password]').fill(key);
  await page.keyboard.press('Enter');
  await notification(page, 'The API key is stored.');
  keys.set(page, key);
}
