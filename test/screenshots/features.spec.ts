// What Qiao does beside answering in the panel, as the documentation shows it.
import {
  editorPanel,
  openFile,
  quickInputField,
  quickPickRow,
  runCommand,
  selectLines,
} from '../ui/actions.ts';
import { askInPanel, endedTurn } from '../ui/chat.ts';
import { expect, test } from '../ui/fixtures.ts';
import { lens } from '../ui/inlineEdit.ts';
import { takeDocumentationPicture } from './picture.ts';
import { begin, compareTwo, prices } from './scenes.ts';

test.use({ settings: { 'qiao.prices': prices, 'files.autoSave': 'off' } });

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

test('an edit in the code', async ({ page, emulator }) => {
  emulator.script({ text: edited });
  await begin(page, 'Qiao: Set API Key');
  await openFile(page, 'cart.ts');
  await selectLines(page, 11, 15);
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.press('Shift+Q');
  await quickInputField(page).fill('Refuse discounts that make no sense');
  await page.keyboard.press('Enter');
  await expect(lens(page, 'Accept All')).toBeVisible();
  await takeDocumentationPicture(page, 'edit');
});

test('models compared', async ({ page, emulator }) => {
  await begin(page, 'Qiao: Set API Key');
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  await compareTwo(page, emulator, {
    compare: 'Qiao: Compare Models…',
    showDifferences: 'Show Differences',
    question: 'Why does 0.1 + 0.2 not give 0.3 in JavaScript?',
    answers: [
      'Numbers are stored as **binary fractions** (IEEE 754), and 0.1 has no finite one. What is stored is a little more; the sum of two such numbers shows the difference:\n\n```js\n0.1 + 0.2 // 0.30000000000000004\n```\n\nCompare with a tolerance, or count in cents.',
      'JavaScript stores numbers as **binary fractions** (IEEE 754). Neither 0.1 nor 0.2 has a finite one, so both are rounded before they are added:\n\n```js\n0.1 + 0.2 // 0.30000000000000004\n```\n\nFor money, count in cents; else compare with `Number.EPSILON`.',
    ],
  });
  await takeDocumentationPicture(page, 'compare');
});

test('a request inspected, and a turn as a program', async ({ page, emulator }) => {
  emulator.script({
    pieces: ['A bridge ', 'carries a road ', 'over a river.'],
    usage: { inputTokens: 12, outputTokens: 9, totalTokens: 21 },
  });
  const panel = await begin(page, 'Qiao: Set API Key');
  await askInPanel(panel, 'What is a bridge, in one sentence?');
  await endedTurn(panel).waitFor();
  await panel.getByRole('button', { name: 'Inspect Request' }).click();
  await expect(editorPanel(page).locator('.request')).toContainText('authorization: Bearer ***');
  await takeDocumentationPicture(page, 'inspector');
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, 'Qiao: Copy as Code…');
  const row = quickPickRow(page, /Python.*dashscope/).first();
  await row.hover();
  await row.getByRole('button', { name: 'Open in Editor' }).click();
  await expect(page.locator('.view-lines').first()).toContainText('import dashscope');
  await takeDocumentationPicture(page, 'program');
});
