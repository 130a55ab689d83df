// An edit where the code is: the key, an instruction, a preview in the editor, decisions, and the bytes on the disk.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openPanel, reloadWindow, takePicture } from './actions.ts';
import { backupsOnDisk } from './disk.ts';
import { expect, inFullRun, picturedThemes, test } from './fixtures.ts';
import { lens, startEdit } from './inlineEdit.ts';

const before = 'head();\none();\nkept();\ntwo();\ntail();\n';

test.use({ settings: { 'files.autoSave': 'off' }, files: { 'a.ts': before } });

for (const theme of picturedThemes('Dark Modern', 'Default High Contrast')) {
  test.describe(theme, () => {
    test.use({ theme });
    test('a hunk is accepted, another rejected, and nothing else is written', async ({
      page,
      emulator,
      folder,
    }) => {
      emulator.script({ pieces: ['```ts\nONE();\nkept();\n', 'TWO();\n```'], holdAfter: 1 });
      await startEdit(page);
      await emulator.nextHold();
      await expect(lens(page, 'Stop')).toBeVisible();
      await takePicture(page, 'writing');
      emulator.release();
      await expect(lens(page, 'Accept All')).toBeVisible();
      await expect(lens(page, 'Reject')).toHaveCount(3);
      await takePicture(page, 'pending');
      await page
        .locator('.codelens-decoration a', { hasText: /^\s*Accept$/ })
        .first()
        .click();
      await expect(lens(page, '1 change proposed')).toBeVisible();
      await lens(page, 'Reject All').click();
      await expect(lens(page, 'Reject All')).toHaveCount(0);
      await expect(page.locator('.view-line', { hasText: /^two\(\);$/ })).toHaveCount(1);
      await page.keyboard.press('ControlOrMeta+S');
      const file = path.join(folder, 'a.ts');
      await expect.poll(() => readFile(file, 'utf8')).toBe('head();\nONE();\nkept();\ntwo();\ntail();\n');
    });
  });
}

test.describe('in a window that is loaded again', () => {
  inFullRun(test, 'src/edit')(
    'nothing of a pending edit is left',
    async ({ page, emulator, folder, vscode }) => {
      const line = (text: RegExp) => page.locator('.view-line', { hasText: text });
      page.on('dialog', (dialog) => void dialog.accept());
      emulator.script({ text: '```ts\nONE();\nkept();\nTWO();\n```' });
      await startEdit(page);
      await expect(lens(page, 'Accept All')).toBeVisible();
      await expect.poll(() => backupsOnDisk(vscode)).toContain('ONE();');
      await reloadWindow(page);
      await expect(line(/kept/)).toBeVisible();
      await openPanel(page);
      await expect(line(/ONE/)).toHaveCount(0);
      await expect(line(/one/)).toHaveCount(1);
      await takePicture(page, 'after-reload');
      expect(await readFile(path.join(folder, 'a.ts'), 'utf8')).toBe(before);
    },
  );
});
