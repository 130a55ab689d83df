// Scenes that the documentation shows in two languages.
import type { FrameLocator, Page } from '@playwright/test';
import type { Emulator } from '../../src/emulator/index.ts';
import { editorPanel, openPanel, quickInputField, runCommand } from '../ui/actions.ts';
import { chooseModel } from '../ui/compareTab.ts';
import { expect } from '../ui/fixtures.ts';

/** With a key, and no notification left; `setApiKey` as the palette shows it. */
export async function begin(page: Page, setApiKey: string): Promise<FrameLocator> {
  const panel = await openPanel(page);
  await runCommand(page, setApiKey);
  await quickInputField(page).fill('sk-0123456789abcdef');
  await page.keyboard.press('Enter');
  await page.locator('.notifications-toasts .notification-list-item').first().waitFor();
  await runCommand(page, 'Notifications: Clear All Notifications');
  return panel;
}

/** Gives the panel a width, in pixels from the left, at which text reads well. */
export async function widenPanel(page: Page, width: number): Promise<void> {
  await page.locator('.monaco-sash.vertical').nth(1).hover();
  await page.mouse.down();
  await page.mouse.move(width, 400);
  await page.mouse.up();
}

/** For made-up costs. */
export const prices = {
  'qwen-plus': { currency: 'CNY', input: 8, output: 20 },
  'yi-large': { currency: 'CNY', input: 20, output: 20 },
};

export interface ComparisonScene {
  /** The command. */
  compare: string;
  showDifferences: string;
  question: string;
  answers: readonly [qwen: string, yi: string];
}

/** Asks two models and shows where their answers differ. */
export async function compareTwo(page: Page, emulator: Emulator, scene: ComparisonScene): Promise<void> {
  const [qwen, yi] = scene.answers;
  emulator.script(
    {
      match: { model: 'qwen-plus' },
      pieces: qwen.match(/.{1,12}/gs) ?? [],
      usage: { inputTokens: 24, outputTokens: 96, totalTokens: 120 },
      delayMs: { firstEvent: 180, betweenEvents: 40 },
    },
    {
      match: { model: 'yi-large' },
      pieces: yi.match(/.{1,12}/gs) ?? [],
      usage: { inputTokens: 23, outputTokens: 81, totalTokens: 104 },
      delayMs: { firstEvent: 420, betweenEvents: 60 },
    },
  );
  await runCommand(page, scene.compare);
  const tab = editorPanel(page);
  await chooseModel(tab, 0, 'qwen-plus');
  await chooseModel(tab, 1, 'yi-large');
  await tab.locator('.question-field').fill(scene.question);
  await tab.locator('.question-field').press('Enter');
  for (const column of [0, 1])
    await expect(tab.locator('.compare-column').nth(column).locator('.metrics')).toContainText('¥');
  await tab.getByLabel(scene.showDifferences).check();
  await expect(tab.locator('.likeness').first()).toBeVisible();
}
