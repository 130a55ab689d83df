// A turn leaves as a program: what is copied, run as it is, asks the platform what Qiao asked.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { run } from '../support/programs.ts';
import { openPanel, quickInputField, quickPickRow, runCommand, takePicture, toast } from './actions.ts';
import { askInPanel, endedTurn, setKey } from './chat.ts';
import { expect, test } from './fixtures.ts';

const key = 'sk-0123456789abcdef';

async function chooseProgram(page: Page, text: string, row: string): Promise<void> {
  await expect(page.locator('.quick-input-title')).toHaveText('Copy as Code: Qwen Plus');
  await quickInputField(page).fill(text);
  const chosen = quickPickRow(page, row).first();
  await expect(chosen.and(page.locator('.focused'))).toBeVisible();
  await page.keyboard.press('Enter');
}

const readClipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

test('the program of a turn asks what the turn asked', async ({ page, emulator }) => {
  const panel = await openPanel(page);
  await setKey(page, key);
  await askInPanel(panel, 'Who built it?');
  await endedTurn(panel).waitFor();
  await askInPanel(panel, 'And "why"?\n$HOME `id` 桥 🌉');
  await expect(panel.locator('.turn')).toHaveCount(2);
  await endedTurn(panel).waitFor();
  const asked = emulator.requests.at(-1);

  await page.evaluate(() => navigator.clipboard.writeText(''));
  await panel.locator('.turn').last().getByRole('button', { name: 'Copy as Code…' }).click();
  await expect(quickPickRow(page, 'dashscope-sdk-java')).toHaveCount(2);
  await takePicture(page, 'languages');
  await chooseProgram(page, 'curl', 'cURL');
  await toast(page, 'The program was copied: cURL · sh.').waitFor();
  const program = await readClipboard(page);
  expect(program).not.toContain(key);

  const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-program-'));
  await writeFile(path.join(folder, 'chat.sh'), program);
  const ran = await run('sh', ['chat.sh'], { cwd: folder, env: { DASHSCOPE_API_KEY: key } });
  await rm(folder, { recursive: true });
  expect(ran.output).toContain('data:');
  const sent = emulator.requests.at(-1);
  expect(sent).not.toBe(asked);
  expect(sent?.body).toEqual(asked?.body);
  expect(sent?.path).toBe(asked?.path);

  await toast(page, 'The program was copied').getByRole('button', { name: 'Open in Editor' }).click();
  await expect(page.locator('.statusbar-item[id="status.editor.mode"]')).toHaveText('Shell Script');

  await runCommand(page, 'Qiao: Copy as Code…');
  await expect(quickPickRow(page, 'cURL').first().and(page.locator('.focused'))).toBeVisible();
  await quickInputField(page).fill('java');
  const row = quickPickRow(page, 'dashscope-sdk-java').first();
  await row.hover();
  await row.getByRole('button', { name: 'Open in Editor' }).click();
  await expect(page.locator('.statusbar-item[id="status.editor.mode"]')).toHaveText('Java');
  await expect(page.locator('.editor-group-container.active .view-lines')).toContainText('dashscope');
  await takePicture(page, 'java');
});
