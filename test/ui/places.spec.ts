// Code that stands in no file of its own: an untitled document, a cell of a notebook, an earlier state in Git, and a picture.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { runGit } from '../support/git.ts';
import {
  notification,
  openFile,
  openPanel,
  panel,
  pressUntil,
  quickInputField,
  runCommand,
  takePicture,
} from './actions.ts';
import { endedTurn, lastAnswer, setKey } from './chat.ts';
import { test as base, expect, inFullRun } from './fixtures.ts';

const notebook = {
  cells: ['total = 1 + 1', 'print(total)'].map((source, index) => ({
    ...{ cell_type: 'code', id: `c${index}`, metadata: {}, execution_count: null, outputs: [] },
    source: [source],
  })),
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};
const committed = 'one();\ntwo();\n';
const working = 'zero();\none();\ntwo();\n';

const test = base.extend({
  folder: async ({ folder }, use) => {
    runGit(folder, ['init'], ['add', '.'], ['commit', '-m', 'feat: begin']);
    await writeFile(path.join(folder, 'a.ts'), working);
    await use(folder);
  },
});

test.use({
  settings: {
    ...{ 'git.enabled': true, 'git.openRepositoryInParentFolders': 'never', 'files.autoSave': 'off' },
    'diffEditor.renderSideBySide': true,
  },
  files: { 'a.ts': committed, 'n.ipynb': JSON.stringify(notebook) },
});

const place = inFullRun(test, 'src/base/host/documentInfo.ts', 'src/edit', 'src/editor', 'src/edit');

/** Asks about what has the keyboard; the answer's code block. */
async function ask(page: Page): Promise<Locator> {
  await runCommand(page, 'Qiao: Ask About Selection');
  await quickInputField(page).fill('Say it louder');
  await takePicture(page, 'asked');
  await page.keyboard.press('Enter');
  await endedTurn(panel(page)).waitFor();
  return panel(page).locator('.code-block').last();
}

async function apply(block: Locator): Promise<void> {
  await block.hover();
  await block.locator('.code-apply').click();
}

const proposed = (page: Page): Locator => page.locator('.monaco-diff-editor .modified .view-line');

place(
  'code reaches an untitled document and a cell, each over its difference',
  async ({ page, emulator }) => {
    emulator.script(
      { text: 'So:\n\n```\nHELLO\n```\n' },
      { text: 'So:\n\n```python\nprint("TOTAL", total)\n```\n' },
      { text: 'It prints **two**.' },
    );
    await openPanel(page);
    await setKey(page, 'sk-0123456789abcdef');
    await runCommand(page, 'File: New Untitled Text File');
    await page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
    await page.keyboard.type('hello');
    await page.keyboard.press('Shift+Home');
    await apply(await ask(page));
    await expect(proposed(page).filter({ hasText: 'HELLO' })).toBeVisible();
    await takePicture(page, 'untitled');
    await (await notification(page, 'Change Untitled-1 like this?'))
      .getByRole('button', { name: 'Accept' })
      .click();
    await expect(page.locator('.tab', { hasText: '↔' })).toHaveCount(0);
    await expect(page.locator('.editor-instance .view-line', { hasText: /^HELLO$/ })).toBeVisible();

    const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'n.ipynb' });
    await pressUntil(page, 'ControlOrMeta+Shift+E', file);
    await file.dblclick();
    const cell = page.locator('.notebookOverlay .cell-list-container .monaco-list-row').nth(1);
    await cell.locator('.view-line').first().click();
    const block = await ask(page);
    await apply(block);
    await expect(proposed(page).filter({ hasText: 'TOTAL' })).toBeVisible();
    await takePicture(page, 'cell');
    await (await notification(page, 'Change n.ipynb, cell 2 like this?'))
      .getByRole('button', { name: 'Accept' })
      .click();
    await expect(cell).toContainText('print("TOTAL", total)');
    await takePicture(page, 'cell-accepted');

    await cell.locator('.view-line').first().click();
    await runCommand(page, 'Qiao: Quick Ask');
    await quickInputField(page).fill('What is printed?');
    await takePicture(page, 'cell-quick-ask');
    await quickInputField(page).press('Enter');
    await expect(lastAnswer(panel(page))).toHaveText('It prints two.');
    await takePicture(page, 'cell-quick-answer');
  },
);

place(
  'the earlier side of a Git diff says what it is, and leads to the working file',
  async ({ page, emulator, folder }) => {
    emulator.script({ text: 'So:\n\n```ts\ntwo(2);\n```\n' });
    await openPanel(page);
    await setKey(page, 'sk-0123456789abcdef');
    await openFile(page, 'a.ts');
    await runCommand(page, 'Git: Open Changes');
    const earlier = page.locator('.monaco-diff-editor .original .view-line', { hasText: 'two' });
    await earlier.click();
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+Home');
    const block = await ask(page);
    await expect(panel(page).locator('.turn').last()).toContainText('a.ts (HEAD)');
    await apply(block);
    const said = await notification(page, 'a.ts (HEAD) is an earlier state');
    await takePicture(page, 'earlier');
    await said.getByRole('button', { name: 'Use the Working File' }).click();
    await expect(proposed(page).filter({ hasText: 'two(2);' })).toBeVisible();
    await takePicture(page, 'earlier-working');
    expect(await readFile(path.join(folder, 'a.ts'), 'utf8')).toBe(working);
  },
);
