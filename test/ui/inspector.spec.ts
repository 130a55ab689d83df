// A request is inspected from its answer and from an error card, and replayed byte for byte beside.
import { editorPanel, openPanel, takePicture } from './actions.ts';
import { askInPanel, endedTurn, errorCard, setKey } from './chat.ts';
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
  await expect(tab.locator('.response')).toContainText('InvalidParameter');
  await expect(tab.locator('article')).toHaveCount(1);
});
