// A request is inspected from its answer and from an error card, and replayed byte for byte beside.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { editorPanel, openPanel, quickInputField, quickPickRow, runCommand, takePicture } from './actions.ts';
import { askInPanel, endedTurn, errorCard, setKey } from './chat.ts';
import { chooseFile } from './fileDialog.ts';
import { expect, test } from './fixtures.ts';

const key = 'sk-0123456789abcdef';

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
