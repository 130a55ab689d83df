// What seems secret, or is excluded, is not offered, and never travels before the user says so.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { runGit } from '../support/git.ts';
import {
  focusEditor,
  openPanel,
  pressUntil,
  quickInputField,
  quickPickRow,
  takePicture,
  waitForFile,
} from './actions.ts';
import { endedTurn, enterInPanel, questionField, setKey } from './chat.ts';
import {
  attachmentItem,
  attachmentItems,
  composerMessage,
  messagesSent,
  pickContext,
  questionsSent,
  runAttachmentAction,
  suggestions,
  typeContext,
} from './context.ts';
import { test as base, expect } from './fixtures.ts';

/** The folder is a repository whose next commit changes an excluded file. */
const test = base.extend({
  folder: async ({ folder }, use) => {
    runGit(folder, ['init'], ['add', '.'], ['commit', '-m', 'Begin']);
    await writeFile(path.join(folder, 'private/zzplan.txt'), 'canary-changed\n');
    runGit(folder, ['add', '.']);
    await use(folder);
  },
});

const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

test.use({
  theme: 'Light Modern',
  settings: {
    'git.enabled': true,
    'files.exclude': { 'hidden/**': true },
    'qiao.context.exclude': { 'private/**': true },
  },
  files: {
    '.gitignore': 'zzignored.txt\n',
    '.env': 'PASSWORD=canary-env\n',
    'zzdeploy.pem': 'canary-key\n',
    'zzsettings.py': `# canary-text\ntoken = "${token}"\n`,
    'zzignored.txt': 'canary-ignored\n',
    'hidden/zznote.txt': 'canary-hidden\n',
    'private/zzplan.txt': 'canary-private\n',
    'zzplain.txt': 'plain\n',
  },
});

/** Opens a file that no list offers. */
async function openPath(page: Page, file: string): Promise<void> {
  await focusEditor(page);
  await pressUntil(page, 'ControlOrMeta+P', quickInputField(page));
  await quickInputField(page).fill(file);
  await expect(quickPickRow(page, path.basename(file)).and(page.locator('.focused'))).toBeVisible();
  await page.keyboard.press('Enter');
  await waitForFile(page, path.basename(file));
}

test('nothing secret or excluded is sent before the user says so', async ({ page, emulator, folder }) => {
  emulator.script({ text: 'Good.', times: 'always' });
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await openPanel(page);
  const offered = [/zzplain\.txt/, /zzdeploy\.pem/, /zzsettings\.py/];
  const expectOffered = async () => {
    await typeContext(panel, 'zz');
    await expect(suggestions(panel)).toHaveCount(offered.length);
    for (const name of offered) await expect(suggestions(panel).filter({ hasText: name })).toHaveCount(1);
    await questionField(panel).press('Escape');
    await questionField(panel).fill('');
  };

  await test.step('what is excluded is not offered, open or not', async () => {
    await pickContext(panel, 'zzplain', 'zzplain.txt');
    await attachmentItem(panel, 'zzplain').locator('.chip-open').press('Enter');
    await waitForFile(page, 'zzplain.txt');
    await attachmentItem(panel, 'zzplain').locator('.chip-open').press('Delete');
    await expectOffered();
    for (const name of ['zzignored.txt', 'hidden/zznote.txt', 'private/zzplan.txt']) {
      await openPath(page, path.join(folder, name));
      await pickContext(panel, 'this', 'This File');
      await expect(attachmentItem(panel, path.basename(name))).toContainClass('held');
    }
    await expectOffered();
  });

  await test.step('what is held goes nowhere', async () => {
    await pickContext(panel, '.env', '.env');
    await pickContext(panel, 'zzdeploy', 'zzdeploy.pem');
    await pickContext(panel, 'zzsettings', 'zzsettings.py');
    await expect(attachmentItems(panel)).toHaveCount(6);
    await expect(panel.locator('.composer .chip.held')).toHaveCount(6);
    const labels = await attachmentItems(panel)
      .locator('.chip-open')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    expect(labels[0]).toContain('Held back: it is excluded by .gitignore.');
    expect(labels[1]).toContain('Held back: it is excluded by files.exclude.');
    expect(labels[2]).toContain('Held back: it is excluded by qiao.context.exclude.');
    expect(labels[3]).toContain('Held back: files of this name often hold passwords or keys.');
    expect(labels[4]).toContain('Held back: files of this name often hold passwords or keys.');
    expect(labels[5]).toContain('Held back: it seems to hold a secret');
    expect(labels.join()).not.toContain(token);
    await takePicture(page, 'held');
    await enterInPanel(panel, 'What are these?');
    await expect(composerMessage(panel)).toContainText('Not sent because of “zzignored.txt”.');
    await takePicture(page, 'refused');
    for (const name of ['zzignored', 'zznote', 'zzplan', '.env', 'zzdeploy']) {
      await expect(questionField(panel)).toHaveValue('What are these?');
      await attachmentItem(panel, name).locator('.chip-confirm').press('Enter');
      await expect(attachmentItem(panel, name)).not.toContainClass('held');
      await questionField(panel).press('Enter');
      await expect(composerMessage(panel)).toContainText('Not sent because of');
    }
    expect(questionsSent(emulator)).toEqual([]);
    await attachmentItem(panel, 'zzsettings').locator('.chip-open').press('Delete');
    await expect(attachmentItems(panel)).toHaveCount(5);
    await questionField(panel).press('Enter');
    const sent = JSON.stringify(await messagesSent(emulator, 0));
    expect(sent.match(/canary-\w+/g)).toEqual([
      'canary-ignored',
      'canary-hidden',
      'canary-changed',
      'canary-env',
      'canary-key',
    ]);
    expect(sent).not.toContain(token);
    await endedTurn(panel).waitFor();
  });

  await test.step('a confirmed clipboard does not confirm the next one', async () => {
    await focusEditor(page);
    await page.evaluate((text) => navigator.clipboard.writeText(text), `first ${token}`);
    await pickContext(panel, 'clip', 'Clipboard');
    await attachmentItem(panel, 'Clipboard').locator('.chip-confirm').press('Enter');
    await expect(attachmentItem(panel, 'Clipboard')).not.toContainClass('held');
    await attachmentItem(panel, 'Clipboard').locator('.chip-open').press('Delete');
    await focusEditor(page);
    await page.evaluate((text) => navigator.clipboard.writeText(text), `second ${token}`);
    await pickContext(panel, 'clip', 'Clipboard');
    await expect(attachmentItem(panel, 'Clipboard')).toContainClass('held');
    await attachmentItem(panel, 'Clipboard').locator('.chip-open').press('Delete');
  });

  await test.step('what was confirmed is held back again for another reason', async () => {
    await openPath(page, path.join(folder, 'zzignored.txt'));
    await pickContext(panel, 'this', 'This File');
    await expect(attachmentItems(panel)).toHaveCount(1);
    await expect(attachmentItem(panel, 'zzignored')).not.toContainClass('held');
    await writeFile(path.join(folder, 'zzignored.txt'), `canary\n${token}\n`);
    await expect(page.locator('.editor-group-container.active .view-lines')).toContainText('ghp_');
    await runAttachmentAction(panel, 'zzignored', 'Read Again');
    await expect(attachmentItem(panel, 'zzignored')).toContainClass('held');
    await attachmentItem(panel, 'zzignored').locator('.chip-open').press('Delete');
  });

  await test.step('a slash command holds back the same', async () => {
    await questionField(panel).fill('/commit');
    await expect(attachmentItem(panel, 'Staged changes')).toContainClass('held');
    await takePicture(page, 'held-changes');
    // The first completes the command.
    await questionField(panel).press('Enter');
    await expect(questionField(panel)).toHaveValue('/commit ');
    await questionField(panel).press('Enter');
    await expect(composerMessage(panel)).toContainText('Not sent because of “Staged changes”.');
    expect(questionsSent(emulator)).toHaveLength(1);
    await attachmentItem(panel, 'Staged changes').locator('.chip-confirm').press('Enter');
    await expect(attachmentItem(panel, 'Staged changes')).not.toContainClass('held');
    await questionField(panel).press('Enter');
    expect(JSON.stringify(await messagesSent(emulator, 1))).toContain('+canary-changed');
  });
});
