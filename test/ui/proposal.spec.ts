// Code of an answer becomes a difference to look at; the file on disk changes with Accept and not before.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  focusEditor,
  notification,
  openFile,
  openPanel,
  panel as panelOf,
  quickInputField,
  runCommand,
  selectLines,
  takePicture,
} from './actions.ts';
import { endedTurn, setKey } from './chat.ts';
import { expect, test } from './fixtures.ts';

const before = [
  'export function total(prices: number[]) {',
  '\tlet sum = 0;',
  '\tfor (const price of prices) {',
  '\t\tsum += price;',
  '\t}',
  '\treturn sum; // 合计',
  '}',
  '',
].join('\r\n');
const after = before.replace('\t\tsum += price;', '\t\tsum += Math.max(0, price);');

// With Windows' line ends and tabs, and an answer that has neither.
test.use({ files: { 'total.ts': before } });

test('code is reviewed, accepted, undone and discarded', async ({ page, emulator, folder }) => {
  const onDisk = () => readFile(path.join(folder, 'total.ts'), 'utf8');
  emulator.script({
    text: 'Like this:\n\n```ts\nfor (const price of prices) {\n  sum += Math.max(0, price);\n}\n```\n',
  });
  await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await openFile(page, 'total.ts');
  await selectLines(page, 3, 5);
  await runCommand(page, 'Qiao: Ask About Selection');
  await quickInputField(page).fill('Ignore negative prices');
  await page.keyboard.press('Enter');
  const panel = panelOf(page);
  await endedTurn(panel).waitFor();
  const block = panel.locator('.code-block').last();
  const apply = async (): Promise<void> => {
    await block.hover();
    await block.locator('.code-apply').click();
    await expect(diffTab).toBeVisible();
    await expect(
      page.locator('.monaco-diff-editor .modified .view-line', { hasText: 'Math.max' }),
    ).toBeVisible();
  };
  const diffTab = page.locator('.tab', { hasText: 'total.ts ↔ proposal' });

  await apply();
  await takePicture(page, 'difference');
  expect(await onDisk()).toBe(before);
  await page.locator('.editor-actions').getByRole('button', { name: 'Discard Proposal' }).click();
  await expect(diffTab).toHaveCount(0);
  expect(await onDisk()).toBe(before);

  await apply();
  expect(await onDisk()).toBe(before);
  await (await notification(page, 'Change total.ts like this?'))
    .last()
    .getByRole('button', { name: 'Accept' })
    .click();
  await expect(diffTab).toHaveCount(0);
  await expect(page.locator('.tab.active[data-resource-name="total.ts"]')).toBeVisible();
  await takePicture(page, 'accepted');
  await focusEditor(page);
  await page.keyboard.press('ControlOrMeta+S');
  await expect.poll(onDisk).toBe(after);

  await page.keyboard.press('ControlOrMeta+Z');
  await page.keyboard.press('ControlOrMeta+S');
  await expect.poll(onDisk).toBe(before);
});
