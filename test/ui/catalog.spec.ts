// Facts about models come from the user: out of a file or from an address, never without a yes, and never half.
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import {
  chooseFocusedRow,
  notification,
  openPanel,
  quickInputField,
  repeatUntil,
  runCommand,
  takePicture,
} from './actions.ts';
import { setKey } from './chat.ts';
import { chooseFile } from './fileDialog.ts';
import { expect, test } from './fixtures.ts';

const facts = {
  version: 1,
  models: [
    {
      provider: 'dashscope',
      id: 'yi-large',
      retired: '2026-01-31',
      successor: 'qwen-plus',
      source: 'the console',
      date: '2026-11-01',
    },
    {
      provider: 'dashscope',
      id: 'qiao-next',
      name: 'Qiao Next',
      contextTokens: 1_000_000,
      source: 'the console',
      date: '2026-11-01',
    },
  ],
};

test('a wrong file changes nothing, a right one what it says, after a yes', async ({ page, folder }) => {
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  const wrong = path.join(folder, 'wrong.json');
  const right = path.join(folder, 'right.json');
  await writeFile(wrong, JSON.stringify({ ...facts, models: [{ ...facts.models[0], contextTokens: -1 }] }));
  await writeFile(right, JSON.stringify(facts));

  const choose = async (row: string): Promise<void> => {
    await runCommand(page, 'Qiao: Update Catalog…');
    await expect(page.locator('.quick-input-title')).toHaveText('Update Catalog');
    await quickInputField(page).fill(row);
    await chooseFocusedRow(page, row);
  };
  const question = page.locator('.monaco-dialog-box');

  await choose('From a file…');
  await chooseFile(page, wrong);
  await notification(page, 'models[0].contextTokens');
  await takePicture(page, 'wrong');
  await runCommand(page, 'Notifications: Clear All Notifications');

  await choose('From a file…');
  await chooseFile(page, right);
  await expect(question).toContainText('2 models change in the catalog.');
  await expect(question).toContainText('dashscope/qiao-next: new');
  await takePicture(page, 'question');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await panel.locator('.model-button').click();
  await panel.locator('#model-filter').fill('qiao-next');
  await expect(panel.locator('.option', { hasText: 'Qiao Next' })).toHaveCount(0);
  await page.keyboard.press('Escape');

  const server = createServer((_request, response) => response.end(JSON.stringify(facts)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await choose('From an address…');
    await quickInputField(page).fill('http://example.com/catalog.json');
    await expect(page.locator('.quick-input-message')).toContainText('Only https:// is allowed');
    await quickInputField(page).fill(`http://127.0.0.1:${port}/catalog.json`);
    await page.keyboard.press('Enter');
    await question.getByRole('button', { name: 'Apply' }).click();
    await notification(page, 'The catalog is up to date: 2 models changed.');
  } finally {
    server.close();
  }
  await repeatUntil(
    async () => {
      // A list that was opened before the panel learned of the change keeps its lines.
      await page.keyboard.press('Escape');
      await panel.locator('.model-button').click({ timeout: 4000 });
      await panel.locator('#model-filter').fill('qiao-next', { timeout: 4000 });
    },
    (timeout) => expect(panel.locator('.option', { hasText: 'Qiao Next' })).toBeVisible({ timeout }),
  );
  await panel.locator('#model-filter').fill('yi-large');
  await expect(panel.locator('.option', { hasText: 'Yi Large' }).first()).toContainText(/retired/i);
  await takePicture(page, 'retired');
  await page.keyboard.press('Escape');

  await choose('Back to the catalog that came with Qiao');
  await notification(page, 'The catalog is the one that came with Qiao again.');
});
