// Further ways by which something comes into the composer, each as a user would go it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { runGit } from '../support/git.ts';
import {
  chooseRow,
  focusEditor,
  openPanel,
  panel,
  pressUntil,
  quickInputField,
  quickPickRow,
  runCommand,
  sourceControl,
  takePicture,
  waitForFile,
} from './actions.ts';
import { askInPanel, endedTurn, lastAnswer, questionField, setKey } from './chat.ts';
import { attachmentItem, attachmentItems, pickContext, questionsSent, suggestions } from './context.ts';
import { test as base, expect, inFullRun } from './fixtures.ts';

/** Two repositories in one folder, each with a change. */
const test = base.extend({
  folder: async ({ folder }, use) => {
    for (const name of ['apple', 'pear']) runGit(path.join(folder, name), ['init'], ['add', '.']);
    await use(folder);
  },
});

test.use({
  settings: { 'git.enabled': true, 'git.openRepositoryInParentFolders': 'never' },
  files: { 'notes.md': 'Words of the note.\n', 'apple/a.txt': 'red\n', 'pear/p.txt': 'green\n' },
});

const haiku = (more = '') =>
  `---\ndescription: A poem\n${more}---\nWrite a haiku about $${'{input:what}'}.\n`;

const explorerRow = (page: Page, name: string) =>
  page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });

test('files come by drag and drop and from the clipboard', async ({ page, emulator }) => {
  emulator.script({ text: 'Good.', times: 'always' });
  await runCommand(page, 'Qiao: Open Chat in Editor');
  const row = explorerRow(page, 'notes.md');
  await pressUntil(page, 'ControlOrMeta+Shift+E', row);
  const view = panel(page);
  await questionField(view).waitFor();

  await test.step('from the explorer, with Shift as VS Code wants it', async () => {
    await row.hover();
    await page.mouse.down();
    await page.keyboard.down('Shift');
    const box = await page.locator('.editor-group-container').first().boundingBox();
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
    // The page believes that the file is gone when it has heard nothing of it for a moment.
    const drag = (): Promise<void> =>
      expect(async () => {
        await page.mouse.move(x - 60, y, { steps: 8 });
        await page.mouse.move(x, y, { steps: 8 });
        await expect(view.locator('.drop-zone')).toBeVisible({ timeout: 400 });
      }).toPass();
    await drag();
    await takePicture(page, 'dragging');
    await drag();
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await expect(attachmentItem(view, 'notes.md')).toBeVisible();
  });

  await test.step('an image and a text from the clipboard', async () => {
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(64, 64);
      canvas.getContext('2d')?.fillRect(8, 8, 32, 32);
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob() })]);
    });
    await questionField(view).click();
    await page.keyboard.press('ControlOrMeta+V');
    await expect(attachmentItems(view)).toHaveCount(2);
    await page.evaluate(() => navigator.clipboard.writeText('what is it?'));
    await page.keyboard.press('ControlOrMeta+V');
    await expect(questionField(view)).toHaveValue('what is it?');
    await takePicture(page, 'pasted');
  });
});

test('a prompt is made, mended and used', async ({ page, emulator }) => {
  emulator.script({ text: 'Short lines.' });
  await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await runCommand(page, 'Qiao: New Prompt…');
  await quickInputField(page).fill('bad name');
  await expect(page.locator('.quick-input-widget')).toContainText('A name has letters');
  await quickInputField(page).fill('haiku');
  await page.keyboard.press('Enter');
  await chooseRow(page, 'For this workspace');
  await waitForFile(page, 'haiku.md');
  await takePicture(page, 'template');
  await focusEditor(page);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(haiku('context: [everything]\n'));
  await expect(page.locator('.squiggly-error, .squiggly-warning').first()).toBeVisible();
  await runCommand(page, 'Problems: Focus on Problems View');
  await expect(page.locator('.markers-panel')).toContainText(
    'There is no “everything” to choose. Known: selection, file',
  );
  await takePicture(page, 'mistake');
  await runCommand(page, 'Qiao: Edit Prompt…');
  await chooseRow(page, 'haiku');
  await focusEditor(page);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(haiku());
  await page.keyboard.press('ControlOrMeta+S');
  await expect(page.locator('.squiggly-error, .squiggly-warning')).toHaveCount(0);
  const view = await openPanel(page);
  await questionField(view).pressSequentially('/hai');
  await expect(suggestions(view).first()).toContainText('A poem');
  await takePicture(page, 'offered');
  await questionField(view).press('Enter');
  await questionField(view).press('Enter');
  await quickInputField(page).fill('bridges');
  await page.keyboard.press('Enter');
  await expect(lastAnswer(view)).toHaveText('Short lines.');
  expect(questionsSent(emulator).at(-1)?.text).toContain('Write a haiku about bridges.');
});

inFullRun(
  test,
  'src/context',
  'src/editor',
)('what is selected in the terminal is attached', async ({ page, emulator }) => {
  emulator.script({ text: 'A word.' });
  await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await runCommand(page, 'Terminal: Create New Terminal');
  const terminal = page.locator('.terminal-wrapper.active .xterm');
  await expect(terminal).toBeVisible();
  await expect(page.locator('.terminal-command-decoration').first()).toBeVisible();
  await page.keyboard.type('echo stone-$((40+2))\n');
  await expect(page.locator('.terminal-command-decoration')).toHaveCount(2);
  // Past the prompt, the command and its output stand in the second row.
  await terminal.locator('.xterm-screen').dblclick({ position: { x: 20, y: 26 } });
  await runCommand(page, 'Qiao: Attach Selection to Qiao');
  await expect(attachmentItems(panel(page))).toHaveCount(1);
  await takePicture(page, 'terminal');
  await askInPanel(panel(page), 'What is it?');
  await endedTurn(panel(page)).waitFor();
  expect(questionsSent(emulator).at(-1)?.text).toContain('stone-42');
});

inFullRun(
  test,
  'src/scm',
  'src/context',
)('of several repositories the user says which', async ({ page, emulator, folder }) => {
  emulator.script({ text: 'feat: add a pear' }, { text: 'An apple.' });
  const view = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await pressUntil(page, 'ControlOrMeta+Shift+G', sourceControl(page));
  await expect(page.locator('.scm-editor .view-lines')).toHaveCount(2);
  await runCommand(page, 'Qiao: Generate Commit Message with Qiao');
  await expect(quickPickRow(page, 'apple')).toBeVisible();
  await takePicture(page, 'which');
  await chooseRow(page, 'pear');
  await expect(page.locator('.scm-editor', { hasText: 'feat: add a pear' })).toHaveCount(1);
  await takePicture(page, 'written');
  const sent = questionsSent(emulator).at(-1)?.text ?? '';
  expect(sent).toContain('+green');
  expect(sent).not.toContain('+red');
  await openPanel(page);
  await pickContext(view, 'staged', /^\s*Staged Changes/);
  await chooseRow(page, 'apple');
  await expect(attachmentItems(view)).toHaveCount(1);
  await askInPanel(view, 'What is new?');
  await expect(lastAnswer(view)).toHaveText('An apple.');
  expect(questionsSent(emulator).at(-1)?.text).toContain('+red');
  expect(await readFile(path.join(folder, 'apple/a.txt'), 'utf8')).toBe('red\n');
});

test('a quick ask without an editor is answered in the panel', async ({ page, emulator }) => {
  emulator.script({ text: 'Forty-two.' });
  await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await runCommand(page, 'Qiao: Quick Ask');
  await quickInputField(page).fill('what is the answer?');
  await takePicture(page, 'prompt');
  await page.keyboard.press('Enter');
  await expect(lastAnswer(panel(page))).toHaveText('Forty-two.');
});
