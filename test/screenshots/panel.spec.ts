// The panel with an answer from the emulator, in the themes and languages the documentation shows.
import { askInPanel, errorCard } from '../ui/chat.ts';
import { expect, type Theme, test } from '../ui/fixtures.ts';
import { takeDocumentationPicture } from './picture.ts';
import { askAboutFunction, begin } from './scenes.ts';

const answer = `\`total\` adds up the cart and takes the discount off.

1. \`reduce\` is not needed: the loop reads well.
2. Nothing keeps \`discountPercent\` between **0** and **100**; a discount of 120 gives a *negative* sum.

\`\`\`ts
export function total(items: Item[], discountPercent = 0): number {
  if (discountPercent < 0 || discountPercent > 100) {
    throw new RangeError('discountPercent: 0 to 100');
  }
  const sum = items.reduce((s, i) => s + i.price * i.quantity, 0);
  return Math.round(sum * (1 - discountPercent / 100));
}
\`\`\`

| input | before | after |
| --- | --- | --- |
| 20 % of 500 | 400 | 400 |
| 120 % of 500 | −100 | error |
`;

test.use({ emulatorOptions: { script: [{ text: answer, usage: { inputTokens: 182, outputTokens: 203 } }] } });

const pictures: [name: string, theme: Theme][] = [
  ['panel', 'Dark Modern'],
  ['panel-light', 'Light Modern'],
  ['panel-high-contrast', 'Default High Contrast'],
];

for (const [name, theme] of pictures) {
  test.describe(theme, () => {
    test.use({ theme });
    test(`a question about selected code, answered: ${name}`, async ({ page }) => {
      await begin(page, 'Qiao: Set API Key');
      await askAboutFunction(page, 'Qiao: Ask About Selection', 'Any bugs in here?');
      await takeDocumentationPicture(page, name);
    });
  });
}

test.describe('failing', () => {
  const error = {
    status: 429,
    code: 'Throttling.RateQuota',
    message: 'Requests rate limit exceeded, please try again later.',
  };
  test.use({ emulatorOptions: { script: [{ error }] }, settings: { 'qiao.retry.maxAttempts': 1 } });
  test('an error card', async ({ page }) => {
    const panel = await begin(page, 'Qiao: Set API Key');
    await askInPanel(panel, 'Explain closures');
    await expect(errorCard(panel)).toBeVisible();
    await takeDocumentationPicture(page, 'error');
  });
});
