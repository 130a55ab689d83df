// What the documentation shows, drawn in the words of one language.
import type { FrameLocator, Page } from '@playwright/test';
import {
  editorPanel,
  openFile,
  openPanel,
  panel,
  quickInputField,
  quickPickRow,
  runCommand,
  selectLines,
} from '../ui/actions.ts';
import { askInPanel, endedTurn } from '../ui/chat.ts';
import { chooseModel } from '../ui/compareTab.ts';
import { expect, test } from '../ui/fixtures.ts';
import { takeDocumentationPicture } from './picture.ts';

/** Commands and labels as the language has them, and what is asked and answered. */
export interface Words {
  setApiKey: string;
  editInline: string;
  compare: string;
  showDifferences: string;
  inspect: string;
  copyAsCode: string;
  openInEditor: string;
  showUsage: string;
  diagnose: string;
  nextSteps: string;
  instruction: string;
  simpleQuestion: string;
  /** As it is written, piece by piece. */
  simpleAnswer: readonly string[];
  question: string;
  answers: readonly [qwen: string, yi: string];
}

export const settings = {
  // Made up, so that there is something to see.
  'qiao.prices': {
    'qwen-plus': { currency: 'CNY', input: 8, output: 20 },
    'yi-large': { currency: 'CNY', input: 20, output: 20 },
  },
  // A file that saves itself shows an edit as a diff.
  'files.autoSave': 'off',
};

/** With a key, and no notification left. */
export async function begin(page: Page, setApiKey: string): Promise<FrameLocator> {
  const panel = await openPanel(page);
  await runCommand(page, setApiKey);
  await quickInputField(page).fill('sk-0123456789abcdef');
  await page.keyboard.press('Enter');
  await page.locator('.notifications-toasts .notification-list-item').first().waitFor();
  await runCommand(page, 'Notifications: Clear All Notifications');
  return panel;
}

/** Asks about a function of the sample, in a panel so wide that text reads well, and waits for the answer. */
export async function askAboutFunction(page: Page, askSelection: string, question: string): Promise<void> {
  await page.locator('.monaco-sash.vertical').nth(1).hover();
  await page.mouse.down();
  await page.mouse.move(520, 400);
  await page.mouse.up();
  await openFile(page, 'cart.ts');
  await selectLines(page, 9, 16);
  await runCommand(page, askSelection);
  await quickInputField(page).fill(question);
  await page.keyboard.press('Enter');
  await expect(endedTurn(panel(page))).toBeVisible();
}

const edited = `\`\`\`ts
  if (discountPercent < 0 || discountPercent > 100) {
    throw new RangeError('discountPercent: 0 to 100');
  }
  let sum = 0;
  for (const item of items) {
    sum += item.price * item.quantity;
  }
  return Math.round(sum * (1 - discountPercent / 100));
\`\`\`
`;

/** Pieces as a model writes them. */
const inPieces = (text: string): string[] => text.match(/.{1,12}/gs) ?? [];

/** Takes the pictures of everything but the panel; `suffix` is what their names end with. */
export function takeFeaturePictures(words: Words, suffix: string): void {
  test('an edit in the code', async ({ page, emulator }) => {
    emulator.script({ text: edited });
    await begin(page, words.setApiKey);
    await openFile(page, 'cart.ts');
    await selectLines(page, 11, 15);
    await runCommand(page, words.editInline);
    await quickInputField(page).fill(words.instruction);
    await page.keyboard.press('Enter');
    await expect(page.locator('.codelens-decoration a')).toHaveCount(4);
    await takeDocumentationPicture(page, `edit${suffix}`);
  });

  test('models compared', async ({ page, emulator }) => {
    const [qwen, yi] = words.answers;
    emulator.script(
      {
        match: { model: 'qwen-plus' },
        pieces: inPieces(qwen),
        usage: { inputTokens: 24, outputTokens: 96, totalTokens: 120 },
        delayMs: { firstEvent: 180, betweenEvents: 40 },
      },
      {
        match: { model: 'yi-large' },
        pieces: inPieces(yi),
        usage: { inputTokens: 23, outputTokens: 81, totalTokens: 104 },
        delayMs: { firstEvent: 420, betweenEvents: 60 },
      },
    );
    await begin(page, words.setApiKey);
    await page.keyboard.press('ControlOrMeta+B');
    await runCommand(page, words.compare);
    const tab = editorPanel(page);
    await chooseModel(tab, 0, 'qwen-plus');
    await chooseModel(tab, 1, 'yi-large');
    await tab.locator('.question-field').fill(words.question);
    await tab.locator('.question-field').press('Enter');
    for (const column of [0, 1])
      await expect(tab.locator('.compare-column').nth(column).locator('.metrics')).toContainText('¥');
    await tab.getByLabel(words.showDifferences).check();
    await expect(tab.locator('.likeness').first()).toBeVisible();
    await takeDocumentationPicture(page, `compare${suffix}`);
  });

  test('a request inspected, the usage, a diagnosis, and a turn as a program', async ({ page, emulator }) => {
    emulator.script({
      pieces: [...words.simpleAnswer],
      usage: { inputTokens: 12, outputTokens: 9, totalTokens: 21 },
    });
    const view = await begin(page, words.setApiKey);
    await askInPanel(view, words.simpleQuestion);
    await endedTurn(view).waitFor();
    await view.getByRole('button', { name: words.inspect }).click();
    await expect(editorPanel(page).locator('.request')).toContainText('authorization: Bearer ***');
    await takeDocumentationPicture(page, `inspector${suffix}`);
    await runCommand(page, 'View: Close All Editors');

    await runCommand(page, words.showUsage);
    await editorPanel(page).locator('.usage-table tbody tr').first().waitFor();
    await takeDocumentationPicture(page, `usage${suffix}`);
    await runCommand(page, 'View: Close All Editors');

    await runCommand(page, words.diagnose);
    await expect(page.locator('.editor-instance .view-lines').last()).toContainText(words.nextSteps);
    await page.locator('.notifications-toasts .notification-list-item').first().waitFor();
    await runCommand(page, 'Notifications: Clear All Notifications');
    await takeDocumentationPicture(page, `diagnosis${suffix}`);
    await runCommand(page, 'View: Close All Editors');

    await runCommand(page, words.copyAsCode);
    const row = quickPickRow(page, /Python.*dashscope/).first();
    await row.hover();
    await row.getByRole('button', { name: words.openInEditor }).click();
    await expect(page.locator('.view-lines').first()).toContainText('import dashscope');
    await takeDocumentationPicture(page, `program${suffix}`);
  });
}
