// Other places that ask: Source Control, the terminal, a notebook's cell, lenses above code.

import { runGit } from '../support/git.ts';
import { openFile, openPanel, panel, pressUntil, runCommand, sourceControl, takePicture } from './actions.ts';
import { lastAnswer, setKey } from './chat.ts';
import { test as base, expect, inFullRun } from './fixtures.ts';

const notebook = {
  cells: [
    {
      cell_type: 'code',
      id: 'a',
      metadata: {},
      execution_count: 1,
      source: ['total = 1 + 1\n', 'total'],
      outputs: [
        { output_type: 'execute_result', execution_count: 1, metadata: {}, data: { 'text/plain': ['2'] } },
      ],
    },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};

const test = base.extend({
  folder: async ({ folder }, use) => {
    const begin = ['commit', '--allow-empty', '-m', 'fix: an older thing'];
    runGit(folder, ['init'], begin, ['add', '.']);
    await use(folder);
  },
});

test.use({
  settings: { 'git.enabled': true, 'qiao.codeLens': true, 'git.openRepositoryInParentFolders': 'never' },
  files: {
    'c.css': '.one {\n  color: red;\n}\n',
    'n.ipynb': JSON.stringify(notebook),
  },
});

const place = inFullRun(test, 'src/editor', 'src/scm');

place('Source Control writes a commit message into its box', async ({ page, emulator }) => {
  emulator.script({ pieces: ['```\nfeat: add styles\n', '\nAnd a notebook.\n```'], holdAfter: 1 });
  await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await pressUntil(page, 'ControlOrMeta+Shift+G', sourceControl(page));
  const box = page.locator('.scm-editor .view-lines').first();
  await expect(box).toBeVisible();
  const button = page.getByRole('button', { name: 'Generate Commit Message with Qiao' }).first();
  await expect(button).toBeVisible();
  await takePicture(page, 'source-control');
  await button.click();
  await emulator.nextHold();
  await expect(box).toContainText('feat: add styles');
  await takePicture(page, 'writing');
  emulator.release();
  await expect(box).toContainText('And a notebook.');
  await takePicture(page, 'written');
  const sent = emulator.requests.at(-1)?.bodyText ?? '';
  expect(sent).toContain('color: red');
  expect(sent).toContain('fix: an older thing');
});

place('the terminal’s last error is explained in the panel', async ({ page, emulator }) => {
  emulator.script({ text: 'There is no such folder.' });
  await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await runCommand(page, 'Terminal: Create New Terminal');
  await expect(page.locator('.terminal-wrapper.active .xterm')).toBeVisible();
  // The prompt has its mark: shell integration is there.
  await expect(page.locator('.terminal-command-decoration').first()).toBeVisible();
  await page.keyboard.type('ls not-here-at-all\n');
  await expect(page.locator('.codicon-terminal-decoration-error').first()).toBeVisible();
  await runCommand(page, 'Qiao: Explain the Terminal’s Last Error');
  await expect(lastAnswer(panel(page))).toHaveText('There is no such folder.');
  await takePicture(page, 'terminal');
  const sent = emulator.requests.at(-1)?.bodyText ?? '';
  expect(sent).toContain('ls not-here-at-all');
  expect(sent).toContain('[Exit code: 2]');
});

place('a cell of a notebook goes into the composer with its output', async ({ page }) => {
  await openPanel(page);
  const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'n.ipynb' });
  await pressUntil(page, 'ControlOrMeta+Shift+E', file);
  await file.dblclick();
  const cell = page.locator('.notebookOverlay .cell-list-container .monaco-list-row').first();
  await expect(cell).toBeVisible();
  await cell.click();
  await cell.hover();
  await takePicture(page, 'cell');
  await page.getByRole('button', { name: 'Ask Qiao About This Cell' }).first().click();
  await expect(panel(page).locator('.composer')).toContainText('n.ipynb');
  await takePicture(page, 'cell-attached');
});

place('a lens above code asks about it', async ({ page, emulator }) => {
  emulator.script({ text: 'It is red.' });
  await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await openFile(page, 'c.css');
  const lens = page.locator('.codelens-decoration a', { hasText: 'Explain' }).first();
  await expect(lens).toBeVisible();
  await takePicture(page, 'lenses');
  await lens.click();
  await expect(lastAnswer(panel(page))).toHaveText('It is red.');
  expect(emulator.requests.at(-1)?.bodyText).toContain('color: red');
});
