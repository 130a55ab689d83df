// Formulas and diagrams of an answer are drawn, and their source is one click away.
import { editorPanel, openPanel, takePicture } from './actions.ts';
import { askInPanel, endedTurn, lastAnswer, setKey } from './chat.ts';
import { expect, test } from './fixtures.ts';

const diagram = 'graph TD\n  A[Shore] -->|bridge 桥| B(Other shore)\n';
const answer = `The area is $\\pi r^2$, so:\n\n$$\\frac{a}{b} = \\sqrt{2}$$\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;

test('formulas and a diagram', async ({ page, emulator }) => {
  emulator.script({ text: answer }, { text: '```mermaid\ngraph TD\n  A --\n```\n' });
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await askInPanel(panel, 'Draw it');
  await endedTurn(panel).waitFor();

  const formulas = lastAnswer(panel).locator('.formula');
  await expect(formulas.locator('math')).toHaveCount(2);
  await expect(formulas.nth(1).locator('mfrac')).toBeVisible();
  await expect(formulas.nth(1).locator('msqrt')).toBeVisible();
  const source = formulas.nth(1).locator('.formula-source');
  await expect(source).not.toBeInViewport({ ratio: 0.5 });
  await formulas.nth(1).click();
  await expect(formulas.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect(source).toBeVisible();
  await expect(source).toHaveText('$$\\frac{a}{b} = \\sqrt{2}$$');
  await takePicture(page, 'formula-source');
  await formulas.nth(1).click();
  await expect(formulas.nth(1)).toHaveAttribute('aria-pressed', 'false');

  // The source stands in the answer; the drawing in a tab of its own.
  await expect(lastAnswer(panel).locator('code.language-mermaid')).toHaveText(diagram);
  await panel.getByRole('button', { name: 'Show Diagram' }).click();
  await expect(page.locator('.tab.active', { hasText: 'Diagram' })).toBeVisible();
  const tab = editorPanel(page);
  const drawing = tab.locator('.drawing svg');
  await expect(drawing).toBeVisible();
  await expect(drawing).toContainText('Other shore');
  await expect(drawing).toContainText('bridge 桥');
  const box = await drawing.boundingBox();
  expect(box?.width).toBeGreaterThan(60);
  expect(box?.height).toBeGreaterThan(60);
  await takePicture(page, 'diagram');
  await tab.getByRole('button', { name: 'Show Source' }).click();
  await expect(tab.locator('.source')).toHaveText(diagram);
  await expect(drawing).toBeHidden();
  await takePicture(page, 'diagram-source');
  await tab.getByRole('button', { name: 'Show Source' }).click();
  await expect(drawing).toBeVisible();

  await askInPanel(panel, 'And one that is wrong');
  await endedTurn(panel).waitFor();
  await panel.locator('.turn').last().getByRole('button', { name: 'Show Diagram' }).click();
  await expect(tab.locator('.problem')).toContainText('This diagram cannot be drawn');
  await takePicture(page, 'diagram-wrong');
});

test('a diagram that takes too long is stopped, and its source stays', async ({ page, emulator }) => {
  const slow = 'block-beta\ncolumns 3\nspace:1000000 b\n';
  emulator.script({ text: `\`\`\`mermaid\n${slow}\`\`\`\n` });
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await askInPanel(panel, 'Draw it');
  await endedTurn(panel).waitFor();
  await panel.getByRole('button', { name: 'Show Diagram' }).click();

  const tab = editorPanel(page);
  await tab.getByRole('button', { name: 'Stop' }).click();
  await expect(tab.locator('.stopped')).toContainText('Drawing this diagram was stopped');
  await expect(tab.locator('.source')).toHaveText(slow);
  await takePicture(page, 'diagram-stopped');
  await tab.getByRole('button', { name: 'Try Again' }).click();
  await tab.getByRole('button', { name: 'Stop' }).click();
  await expect(tab.locator('.stopped')).toBeVisible();
  // Neither the page nor the panel nor VS Code is held up.
  await expect(panel.getByRole('button', { name: 'Show Diagram' })).toBeEnabled();
});
