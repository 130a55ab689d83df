// An edit where VS Code saves by itself, as it does in a browser unless told not to.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { notification, openFile, takePicture } from './actions.ts';
import { backupsOnDisk } from './disk.ts';
import { expect, inFullRun, test } from './fixtures.ts';
import { lens, startEdit } from './inlineEdit.ts';

const before = 'head();\none();\nkept();\ntwo();\ntail();\n';
const answer = '```ts\nONE();\nkept();\nTWO();\n```';

test.use({ files: { 'a.ts': before, 'other.ts': '' } });

/** The notification may have gone into the list meanwhile. */
async function accept(page: Page): Promise<void> {
  const question = await notification(page, 'Auto Save writes every change');
  await question.getByRole('button', { name: 'Accept' }).click();
}
const line = (page: Page, text: RegExp) => page.locator('.view-line', { hasText: text });

/** Returns once VS Code has saved a file by itself that was changed after all that came before. */
async function autoSave(page: Page, folder: string): Promise<void> {
  await openFile(page, 'other.ts');
  await page.keyboard.type('later');
  await expect.poll(() => readFile(path.join(folder, 'other.ts'), 'utf8')).toContain('later');
}

test.describe('while VS Code saves by itself', () => {
  test.use({ settings: { 'files.autoSaveDelay': 100 } });

  inFullRun(
    test,
    'src/edit',
    'src/edit',
  )('an edit waits in a diff, and is written when it is accepted', async ({ page, emulator, folder }) => {
    const onDisk = () => readFile(path.join(folder, 'a.ts'), 'utf8');
    emulator.script({ text: answer, holdAfter: 0 });
    await startEdit(page);
    await emulator.nextHold();
    await expect(lens(page, 'Stop')).toBeVisible();
    await takePicture(page, 'writing');
    emulator.release();
    await notification(page, 'Auto Save writes every change');
    await expect(page.locator('.monaco-diff-editor .modified .view-line', { hasText: 'ONE' })).toBeVisible();
    await takePicture(page, 'waiting');
    await autoSave(page, folder);
    expect(await onDisk()).toBe(before);
    await accept(page);
    await expect.poll(onDisk).toBe('head();\nONE();\nkept();\nTWO();\ntail();\n');
  });

  inFullRun(
    test,
    'src/edit',
    'src/edit',
  )('one change of it is taken back in the diff', async ({ page, emulator, folder }) => {
    emulator.script({ text: answer });
    await startEdit(page);
    await notification(page, 'Auto Save writes every change');
    await page.locator('.monaco-diff-editor .gutter .codicon-arrow-right').first().click();
    await expect(page.locator('.monaco-diff-editor .modified .view-line', { hasText: /one/ })).toBeVisible();
    await takePicture(page, 'one-taken-back');
    await accept(page);
    await expect
      .poll(() => readFile(path.join(folder, 'a.ts'), 'utf8'))
      .toBe('head();\none();\nkept();\nTWO();\ntail();\n');
    await expect(page.locator('.tab', { hasText: 'proposal' })).toHaveCount(0);
  });

  inFullRun(
    test,
    'src/edit',
    'src/edit',
  )(
    'one button turns that off, and the edit goes on in place',
    async ({ page, emulator, folder, vscode }) => {
      const onDisk = () => readFile(path.join(folder, 'a.ts'), 'utf8');
      emulator.script({ text: answer });
      await startEdit(page);
      await (await notification(page, 'Auto Save writes every change'))
        .getByRole('button', { name: 'Turn Auto Save Off' })
        .click();
      await expect(lens(page, 'Accept All')).toBeVisible();
      await expect(line(page, /ONE/)).toBeVisible();
      await takePicture(page, 'in-place');
      // VS Code makes its backup long after it would have saved.
      await expect.poll(() => backupsOnDisk(vscode)).toContain('ONE();');
      expect(await onDisk()).toBe(before);
      await lens(page, 'Accept All').click();
      await expect(lens(page, 'Accept All')).toHaveCount(0);
      await page.keyboard.press('ControlOrMeta+S');
      await expect.poll(onDisk).toBe('head();\nONE();\nkept();\nTWO();\ntail();\n');
    },
  );
});
