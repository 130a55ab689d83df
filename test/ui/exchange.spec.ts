// A conversation leaves as a file and comes back from it as it was, through VS Code's own file dialogs.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import {
  chooseFocusedRow,
  notification,
  openPanel,
  quickInputField,
  runCommand,
  takePicture,
} from './actions.ts';
import { askInPanel, endedTurn, lastAnswer, setKey } from './chat.ts';
import { chooseFile } from './fileDialog.ts';
import { expect, test } from './fixtures.ts';

async function exportTo(page: Page, file: string, format: 'JSON' | 'Markdown'): Promise<string> {
  await runCommand(page, 'Qiao: Export Chat…');
  await expect(page.locator('.quick-input-title')).toHaveText('Export Chat');
  await quickInputField(page).fill(format);
  // A click could still meet the list of commands, or a row on its way.
  await chooseFocusedRow(page, format);
  await chooseFile(page, file);
  await notification(page, `The chat was exported to ${path.basename(file)}.`);
  return readFile(file, 'utf8');
}

test('what was exported is imported as it was', async ({ page, emulator, folder }) => {
  const code = '```ts\nconst 桥 = "`1`"; // 🌉\n```';
  emulator.script({ text: `First, **bold**.\n\n${code}` }, { text: 'Another way.' }, { text: 'The end.  ' });
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await askInPanel(panel, 'How does it begin?\n  你好');
  await endedTurn(panel).waitFor();
  await panel.locator('.turn [data-action="retry"]').click();
  await expect(lastAnswer(panel)).toHaveText('Another way.');
  await endedTurn(panel).waitFor();
  await askInPanel(panel, 'And how does it end?');
  await expect(lastAnswer(panel)).toHaveText('The end.');
  await endedTurn(panel).waitFor();

  const json = await exportTo(page, path.join(folder, 'one.json'), 'JSON');
  const [exported] = JSON.parse(json).conversations;
  expect(exported.turns.map((turn: { answer: { text: string } }) => turn.answer.text)).toEqual([
    `First, **bold**.\n\n${code}`,
    'Another way.',
    'The end.  ',
  ]);
  const markdown = await exportTo(page, path.join(folder, 'one.md'), 'Markdown');
  expect(markdown).toMatch(
    /^# How does it begin\?.*\n\n## Question · .+\n\nHow does it begin\?\n {2}你好\n\n### Answer by Qwen Plus\n\nAnother way\.\n\n## Question · [\s\S]+\n\nThe end\.\n$/,
  );

  await runCommand(page, 'Qiao: Show Chats');
  const rows = panel.locator('.history-entry');
  await rows.locator('.history-open').focus();
  await page.keyboard.press('Delete');
  await expect(rows).toHaveCount(0);
  await panel.locator('.history-import').click();
  await expect(quickInputField(page)).toBeVisible();
  await takePicture(page, 'import');
  await chooseFile(page, path.join(folder, 'one.json'));
  await notification(page, 'One chat was imported.');
  await rows.locator('.history-open').click();
  await expect(panel.locator('.question-text')).toHaveText([
    'How does it begin?\n  你好',
    'And how does it end?',
  ]);
  await expect(panel.locator('.answer-text')).toHaveText(['Another way.', 'The end.']);
  await takePicture(page, 'imported');
  expect(await exportTo(page, path.join(folder, 'two.json'), 'JSON')).toBe(json);

  await panel.locator('.turn [data-action="branch-previous"]').click();
  await expect(lastAnswer(panel)).toContainText('First, bold.');
  await expect(lastAnswer(panel).locator('pre code')).toHaveText('const 桥 = "`1`"; // 🌉\n');
  expect((await readdir(folder)).filter((name) => /^(one|two)/.test(name)).sort()).toEqual([
    'one.json',
    'one.md',
    'two.json',
  ]);
});
