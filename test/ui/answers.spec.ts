// What can be had from an answer: drawings, the program that asks it, and the request itself, inspected and replayed.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { run } from '../support/snippets.ts';
import {
  chooseFocusedRow,
  editorPanel,
  notification,
  openPanel,
  quickInputField,
  quickPickRow,
  repeatUntil,
  runCommand,
  takePicture,
} from './actions.ts';
import { askInPanel, endedTurn, errorCard, lastAnswer, setKey } from './chat.ts';
import { chooseFile } from './fileDialog.ts';
import { expect, inFullRun, test } from './fixtures.ts';

const key = 'sk-0123456789abcdef';

const diagram = 'graph TD\n  A[Shore] -->|bridge 桥| B(Other shore)\n';
const answer = `The area is $\\pi r^2$, so:\n\n$$\\frac{a}{b} = \\sqrt{2}$$\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;

/** A busy machine may take longer than the ten seconds after which a drawing is stopped; a user can let it go on. */
async function waitPatiently(tab: FrameLocator, result: Locator): Promise<void> {
  const again = tab.locator('.stopped button');
  await repeatUntil(
    async () => {
      if (await again.isVisible()) await again.click();
    },
    (timeout) => result.waitFor({ timeout: 4 * timeout }),
  );
}

inFullRun(
  test,
  'src/ui/formulas',
  'src/ui/diagrams',
  'src/ui/host/diagrams.ts',
)('formulas and a diagram', async ({ page, emulator }) => {
  emulator.script({ text: answer }, { text: '```mermaid\ngraph TD\n  A --\n```\n' });
  const panel = await openPanel(page);
  await setKey(page, key);
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
  await waitPatiently(tab, drawing);
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
  await waitPatiently(tab, tab.locator('.problem'));
  await expect(tab.locator('.problem')).toContainText('This diagram cannot be drawn');
  await takePicture(page, 'diagram-wrong');
});

test('a diagram that takes too long is stopped, and its source stays', async ({ page, emulator }) => {
  const slow = 'block-beta\ncolumns 3\nspace:1000000 b\n';
  emulator.script({ text: `\`\`\`mermaid\n${slow}\`\`\`\n` });
  const panel = await openPanel(page);
  await setKey(page, key);
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

async function chooseProgram(page: Page, text: string, row: string): Promise<void> {
  await expect(page.locator('.quick-input-title')).toHaveText('Copy as Code: Qwen Plus');
  await quickInputField(page).fill(text);
  await chooseFocusedRow(page, row);
}

const readClipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

test('the program of a turn asks what the turn asked', async ({ page, emulator }) => {
  const panel = await openPanel(page);
  await setKey(page, key);
  await askInPanel(panel, 'Who built it?');
  await endedTurn(panel).waitFor();
  await askInPanel(panel, 'And "why"?\n$HOME `id` 桥 🌉');
  await expect(panel.locator('.turn')).toHaveCount(2);
  await endedTurn(panel).waitFor();
  const asked = emulator.requests.at(-1);

  await page.evaluate(() => navigator.clipboard.writeText(''));
  await panel.locator('.turn').last().getByRole('button', { name: 'Copy as Code…' }).click();
  await expect(quickPickRow(page, 'dashscope-sdk-java')).toHaveCount(2);
  await takePicture(page, 'languages');
  await chooseProgram(page, 'curl', 'cURL');
  await notification(page, 'The program was copied: cURL · sh.');
  const program = await readClipboard(page);
  expect(program).not.toContain(key);

  const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-program-'));
  await writeFile(path.join(folder, 'chat.sh'), program);
  const ran = await run('sh', ['chat.sh'], { cwd: folder, env: { DASHSCOPE_API_KEY: key } });
  await rm(folder, { recursive: true });
  expect(ran.output).toContain('data:');
  const sent = emulator.requests.at(-1);
  expect(sent).not.toBe(asked);
  expect(sent?.body).toEqual(asked?.body);
  expect(sent?.path).toBe(asked?.path);

  await (await notification(page, 'The program was copied'))
    .getByRole('button', { name: 'Open in Editor' })
    .click();
  await expect(page.locator('.statusbar-item[id="status.editor.mode"]')).toHaveText('Shell Script');

  await runCommand(page, 'Qiao: Copy as Code…');
  await expect(quickPickRow(page, 'cURL').first().and(page.locator('.focused'))).toBeVisible();
  await quickInputField(page).fill('java');
  const row = quickPickRow(page, 'dashscope-sdk-java').first();
  await row.hover();
  await row.getByRole('button', { name: 'Open in Editor' }).click();
  await expect(page.locator('.statusbar-item[id="status.editor.mode"]')).toHaveText('Java');
  await expect(page.locator('.editor-group-container.active .view-lines')).toContainText('dashscope');
  await takePicture(page, 'java');
});

test('inspect and replay', async ({ page, emulator }) => {
  emulator.script({ pieces: ['One ', 'two.'] }, { pieces: ['Three ', 'four.'] });
  const panel = await openPanel(page);
  await setKey(page, key);
  await askInPanel(panel, 'Count 数');
  await endedTurn(panel).waitFor();
  await panel.locator('.turn').last().hover();
  await panel.getByRole('button', { name: 'Inspect Request' }).click();

  const tab = editorPanel(page);
  await expect(tab.locator('.request')).toContainText('authorization: Bearer ***');
  await expect(tab.locator('.request')).toContainText('Count 数');
  await tab.getByText('Replay', { exact: true }).click();
  await expect(tab.locator('article')).toHaveCount(2);
  await expect(tab.locator('article').last().locator('.parts')).toContainText('four.');
  const [one, other] = emulator.requests.filter(({ body }) => JSON.stringify(body)?.includes('Count'));
  expect(other?.bodyText).toBe(one?.bodyText);
  await expect(tab.locator('body')).not.toContainText(key);
  // The conversation is as it was.
  await expect(panel.locator('.turn')).toHaveCount(1);
  await takePicture(page, 'inspector');

  emulator.script({ error: { status: 400, code: 'InvalidParameter', message: 'No.' } });
  await askInPanel(panel, 'Fail');
  await errorCard(panel).getByText('Inspect Request').click();
  await expect(tab.locator('article')).toHaveCount(1);
  await expect(tab.locator('.response')).toContainText('InvalidParameter');
});

test('a changed request is sent and stopped; a recorded stream is decoded offline', async ({
  page,
  emulator,
  folder,
}) => {
  emulator.script({ text: 'First.' }, { pieces: ['Second, ', 'and more.'], holdAfter: 1 });
  const panel = await openPanel(page);
  await setKey(page, key);
  await askInPanel(panel, 'Count 数');
  await endedTurn(panel).waitFor();
  await runCommand(page, 'Qiao: Inspect Last Request');
  const tab = editorPanel(page);
  await tab.getByText('Edit and Replay', { exact: true }).click();
  const body = tab.locator('.replay-editor textarea');
  const text = await body.inputValue();
  await body.fill(text.replace('"parameters": {', '"parameters": {,'));
  const send = tab.locator('.replay-editor').getByRole('button').first();
  await expect(send).toHaveAttribute('disabled');
  await expect(tab.locator('.replay-editor [role="alert"]')).toContainText('JSON');
  await takePicture(page, 'broken');
  expect(emulator.requests).toHaveLength(1);
  await body.fill(text.replace('"parameters": {', '"parameters": { "temperature": 0.3,'));
  await send.click();
  await emulator.nextHold();
  const replay = tab.locator('article').last();
  await expect(replay.locator('.parts')).toContainText('Second, ');
  expect(emulator.requests.at(-1)?.body).toMatchObject({ parameters: { temperature: 0.3 } });
  await tab.getByText('Stop', { exact: true }).click();
  await expect(tab.getByText('Stop', { exact: true })).toHaveCount(0);
  await expect(replay.locator('.parts')).not.toContainText('and more.');
  await expect(replay).toContainText('Stopped · 200');
  await expect(replay.locator('.problem')).toHaveCount(0);
  await takePicture(page, 'stopped');
  emulator.release();

  await writeFile(
    path.join(folder, 'recorded.sse'),
    'data: {"choices":[{"delta":{"content":"From a file"},"index":0}]}\n\ndata: [DONE]\n\n',
  );
  await runCommand(page, 'Qiao: Decode Event Stream File…');
  await chooseFile(page, path.join(folder, 'recorded.sse'));
  await expect(quickPickRow(page, 'OpenAI').and(page.locator('.focused'))).toContainText('looks like this');
  await quickInputField(page).press('Enter');
  await expect(tab.locator('article').last().locator('.parts')).toContainText('From a file');
  await takePicture(page, 'decoded');
});

inFullRun(
  test,
  'src/edit/host/code/openFile.ts',
  'src/chat/webview/fileLinks.ts',
)('files that an answer names open at the line', async ({ page, emulator }) => {
  emulator.script({ text: 'See cart.ts:3, `cart.ts:5`, [the total](cart.ts#L3-L7) and missing.ts:3.' });
  const panel = await openPanel(page);
  await setKey(page, key);
  await askInPanel(panel, 'Where is it?');
  await endedTurn(panel).waitFor();
  const links = panel.locator('.answer-text [data-file]');
  await expect(links).toHaveText(['cart.ts:3', 'cart.ts:5', 'the total']);
  await takePicture(page, 'links');
  await links.nth(1).click();
  await page.locator('.tab.active[data-resource-name="cart.ts"]').waitFor();
  await expect(page.locator('[id="status.editor.selection"]')).toContainText('Ln 5');
  await links.nth(2).focus();
  await links.nth(2).press('Enter');
  await expect(page.locator('[id="status.editor.selection"]')).toContainText('Ln 7');
  await takePicture(page, 'opened');
});
