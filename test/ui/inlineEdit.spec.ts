// An edit where the code is: the key, an instruction, a preview in the editor, decisions, and the bytes on the disk.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { takePicture } from './actions.ts';
import { expect, test } from './fixtures.ts';
import { lens, startEdit } from './inlineEdit.ts';

test.use({
  settings: { 'files.autoSave': 'off' },
  files: { 'a.ts': 'head();\none();\nkept();\ntwo();\ntail();\n' },
});

for (const theme of ['Dark Modern', 'Default High Contrast'] as const) {
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
      await page.keyboard.press('ControlOrMeta+S');
      const file = path.join(folder, 'a.ts');
      await expect.poll(() => readFile(file, 'utf8')).toBe('head();\nONE();\nkept();\ntwo();\ntail();\n');
    });
  });
}
