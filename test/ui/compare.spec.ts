// Models are compared: one question side by side, the best goes on in the panel; a file of questions survives a reload.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { editorPanel, openPanel, reloadByCommand, runCommand, takePicture } from './actions.ts';
import { lastAnswer, questionField, setKey } from './chat.ts';
import { chooseModel } from './compareTab.ts';
import { expect, test } from './fixtures.ts';

const count = 24;
const questions = `question\n${Array.from({ length: count }, (_, index) => `"How long is bridge ${index + 1}, roughly?"`).join('\n')}\n`;

test.use({
  files: { 'bridges.csv': questions, 'notes.md': 'Nothing to see.\n' },
  settings: { 'qiao.prices': { 'qwen-plus': { currency: 'CNY', input: 1000, output: 2000 } } },
});

test('one question side by side, then a file of questions across a reload', async ({
  page,
  emulator,
  vscode,
}) => {
  emulator.script(
    {
      match: { model: 'qwen-plus' },
      text: 'The bridge opens **early**.',
      usage: { inputTokens: 9, outputTokens: 7, totalTokens: 16 },
    },
    { match: { model: 'qwen-turbo' }, text: 'The bridge opens *late*.', usage: null },
  );
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await runCommand(page, 'Qiao: Compare Models…');
  const tab = editorPanel(page);
  await chooseModel(tab, 0, 'qwen-plus');
  await chooseModel(tab, 1, 'qwen-turbo');
  await tab.locator('.question-field').fill('When does the bridge open?');
  await tab.locator('.question-field').press('Enter');
  const [first, second] = [tab.locator('.compare-column').nth(0), tab.locator('.compare-column').nth(1)];
  await expect(first.locator('.answer-text')).toHaveText('The bridge opens early.');
  await expect(second.locator('.answer-text')).toHaveText('The bridge opens late.');
  await expect(first.locator('.metrics')).toContainText('9 / 7');
  // 9 tokens at ¥1000 a million and 7 at ¥2000.
  await expect(first.locator('.metrics')).toContainText('¥0.0230');
  await expect(second.locator('.metrics')).toContainText('≈');
  await tab.getByLabel('Show Differences').check();
  await expect(second.locator('.likeness')).toContainText('% the same words');
  await takePicture(page, 'compare-question');

  await second.getByRole('button', { name: 'Mark as Best' }).click();
  await second.getByRole('button', { name: 'Continue in the Panel' }).click();
  await expect(lastAnswer(panel)).toHaveText('The bridge opens late.');
  await expect(questionField(panel)).toBeFocused();
  await expect(panel.locator('.model-button')).toContainText(/turbo/i);

  // The question of a turn can be compared as well: it comes with its models, and is not asked before one says so.
  await panel.locator('.turn').last().hover();
  await panel.getByRole('button', { name: 'Compare With Other Models…' }).click();
  await expect(page.locator('.tab.active', { hasText: 'Compare: When does the bridge open?' })).toBeVisible();
  expect(emulator.requests).toHaveLength(2);
  await runCommand(page, 'View: Close All Editors');

  emulator.script({ text: 'About a mile.', delayMs: { firstEvent: 500 }, times: 'always' });
  await openQuestions(page);
  const set = editorPanel(page);
  await set.getByRole('button', { name: `Run: ${2 * count} Requests` }).click();
  await expect.poll(() => emulator.requests.length).toBeGreaterThanOrEqual(8);
  await takePicture(page, 'compare-set-running');
  await reloadByCommand(page);
  const before = emulator.requests.length;
  expect(before).toBeLessThan(2 + 2 * count);
  const back = editorPanel(page);
  await expect(back.locator('.progress-text')).toHaveText(`${2 * count} of ${2 * count} answered`);
  // Asked twice is only what was on its way: two requests at most.
  expect(emulator.requests.length - 2).toBeLessThanOrEqual(2 * count + 2);
  await expect.poll(() => answersOnDisk(vscode.userDataFolder)).toBe(2 * count);

  await back.getByLabel('Show in the Table').selectOption('Total time');
  await back.locator('.sort-button').last().click();
  await takePicture(page, 'compare-set');
  await back.locator('.row-button').first().click();
  await expect(back.locator('.compare-column .answer-text').first()).toHaveText('About a mile.');
  await takePicture(page, 'compare-row');
});

/** From the explorer's menu. */
async function openQuestions(page: Page): Promise<void> {
  await runCommand(page, 'File: Focus on Files Explorer');
  const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'bridges.csv' });
  await file.click({ button: 'right' });
  // A menu that has just opened takes no click yet.
  await page.getByRole('menuitem', { name: 'Compare Models on a File of Questions…' }).hover();
  await page.keyboard.press('Enter');
  await expect(page.locator('.tab.active', { hasText: 'Compare: bridges.csv' })).toBeVisible();
}

async function answersOnDisk(userDataFolder: string): Promise<number> {
  const names = await readdir(userDataFolder, { recursive: true });
  const files = names.filter((name) => /comparisons[/\\][^/\\]+\.jsonl$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(path.join(userDataFolder, name), 'utf8')));
  const set = texts.find((text) => text.includes('bridges.csv')) ?? '';
  return set.split('\n').filter((line) => line.startsWith('{"type":"answer"')).length;
}
