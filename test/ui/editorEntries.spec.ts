// Where the cursor is: lightbulb, explorer and quick ask, each from key or menu to what came of it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import {
  focusEditor,
  openFile,
  openPanel,
  panel,
  pressUntil,
  quickInputField,
  repeatUntil,
  selectLines,
  takePicture,
} from './actions.ts';
import { endedTurn, lastAnswer, setKey } from './chat.ts';
import { expect, picturedThemes, test } from './fixtures.ts';

test.use({
  settings: { 'files.autoSave': 'off', 'json.schemaDownload.enable': false },
  // VS Code itself reports this as a mistake, without any language extension beside the built-in ones.
  files: { 'a.json': '{\n  "name": "qiao",\n  "size" 3\n}\n', 'b.ts': 'one();\ntwo();\nthree();\n' },
});

const mistake = /Colon expected/i;

/** Puts the cursor on the mistake and opens the lightbulb's menu. */
async function openLightbulb(page: Page): Promise<void> {
  await expect(page.locator('.squiggly-error').first()).toBeVisible();
  const marker = page.locator('.marker-widget', { hasText: mistake });
  await pressUntil(page, 'F8', marker);
  await repeatUntil(
    () => page.keyboard.press('Escape'),
    (timeout) => marker.waitFor({ state: 'detached', timeout }),
  );
  await pressUntil(page, 'ControlOrMeta+.', page.locator('.action-widget').first());
}

const action = (page: Page, title: string) => page.locator('.action-widget .action', { hasText: title });

test('the lightbulb fixes a problem, and the accepted text is on the disk', async ({
  page,
  emulator,
  folder,
}) => {
  emulator.script({ text: '```json\n  "size": 3\n```' });
  await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await openFile(page, 'a.json');
  await openLightbulb(page);
  await takePicture(page, 'lightbulb');
  await action(page, 'Fix with Qiao').click();
  const lens = (text: string) => page.locator('.codelens-decoration a', { hasText: text });
  await expect(lens('Accept All')).toBeVisible();
  await takePicture(page, 'fix');
  await lens('Accept All').click();
  await expect(lens('Accept All')).toHaveCount(0);
  await focusEditor(page);
  await expect(page.locator('.view-line', { hasText: '"size": 3' })).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+S');
  const file = path.join(folder, 'a.json');
  await expect.poll(() => readFile(file, 'utf8')).toMatch(/"size": 3/);
});

test('the lightbulb explains a problem in the panel, with its lines', async ({ page, emulator }) => {
  emulator.script({ text: 'A colon is missing.' });
  await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await openFile(page, 'a.json');
  await openLightbulb(page);
  await action(page, 'Explain with Qiao').click();
  await expect(lastAnswer(panel(page))).toHaveText('A colon is missing.');
  await expect(endedTurn(panel(page))).toContainText('a.json');
  await takePicture(page, 'explained');
  const sent = emulator.requests.at(-1)?.bodyText ?? '';
  expect(sent).toMatch(mistake);
  expect(sent).toContain('size');
});

test('a file of the explorer goes into the composer', async ({ page }) => {
  await openPanel(page);
  const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'b.ts' });
  await pressUntil(page, 'ControlOrMeta+Shift+E', file);
  await file.click({ button: 'right' });
  await takePicture(page, 'explorer-menu');
  // A menu that has just opened takes no click yet.
  await page.locator('.monaco-menu').getByRole('menuitem', { name: 'Attach to Qiao' }).hover();
  await page.keyboard.press('Enter');
  await expect(panel(page).locator('.composer')).toContainText('b.ts');
  await takePicture(page, 'attached');
});

for (const theme of picturedThemes('Light Modern', 'Default High Contrast')) {
  test.describe(theme, () => {
    test.use({ theme });
    test('a quick ask is answered in place and goes on in the panel', async ({ page, emulator }) => {
      emulator.script(
        { pieces: ['It calls `one`, ', 'then **two**:\n\n```ts\none();\n```\n'], holdAfter: 1 },
        { text: 'Then the third.' },
      );
      await openPanel(page);
      await setKey(page, 'sk-0123456789abcdef');
      await openFile(page, 'b.ts');
      await selectLines(page, 1, 2);
      await page.keyboard.press('ControlOrMeta+K');
      await page.keyboard.press('a');
      await quickInputField(page).fill('What runs first?');
      await takePicture(page, 'prompt');
      await page.getByRole('button', { name: /^Take b\.ts, lines 1–2 along/ }).click();
      await expect(page.locator('.quick-input-title')).toContainText('b.ts');
      await quickInputField(page).press('Enter');
      await emulator.nextHold();
      const thread = page.locator('.review-widget');
      await expect(thread).toContainText('It calls one');
      await takePicture(page, 'answering');
      emulator.release();
      await expect(thread).toContainText('then two');
      await expect(page.locator('.comments-panel')).toHaveCount(0);
      await takePicture(page, 'answered');
      await thread.getByRole('button', { name: 'Ask further…' }).click();
      await thread.locator('.monaco-editor.focused').waitFor();
      await page.keyboard.type('And after that?');
      await takePicture(page, 'reply');
      await page.keyboard.press('ControlOrMeta+Enter');
      await expect(thread).toContainText('Then the third.');
      await takePicture(page, 'followed');
      const asked = emulator.requests.length;
      await thread.getByRole('button', { name: 'Continue in Panel' }).click();
      await expect(panel(page).locator('.turn')).toHaveCount(2);
      await expect(lastAnswer(panel(page))).toHaveText('Then the third.');
      await expect(thread).toHaveCount(0);
      await takePicture(page, 'continued');
      expect(emulator.requests.length).toBe(asked);
      expect(emulator.requests.at(-1)?.bodyText).toContain('one();\\ntwo();');
      expect(emulator.requests.at(-1)?.bodyText).not.toContain('three();');
    });
  });
}
