// What passes by itself is tried again before the first word, and the user sees and can end the wait.
import { openPanel, takePicture } from './actions.ts';
import { askInPanel, endedTurn, lastAnswer, setKey, stopButton } from './chat.ts';
import { expect, test } from './fixtures.ts';

const busy = {
  status: 429,
  code: 'Throttling.RateQuota',
  message: 'Requests rate limit exceeded.',
  headers: { 'retry-after': '2' },
};

test('a busy platform is asked again after a countdown', async ({ page, emulator }) => {
  emulator.script({ error: busy }, { text: 'At the second try.' });
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await askInPanel(panel, 'Are you there?');
  await expect(panel.locator('.turn')).toContainText(
    /Too many requests at the moment\. Trying again in [12] s/,
  );
  await takePicture(page, 'countdown');
  await expect(endedTurn(panel)).toBeVisible();
  await expect(lastAnswer(panel)).toHaveText('At the second try.');
  expect(emulator.requests).toHaveLength(2);
});

test('Stop ends the wait', async ({ page, emulator }) => {
  emulator.script({ error: { ...busy, headers: { 'retry-after': '30' } } });
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await askInPanel(panel, 'Are you there?');
  await expect(panel.locator('.turn')).toContainText('Trying again in');
  await stopButton(panel).click();
  await expect(endedTurn(panel)).toContainText('Stopped.');
  expect(emulator.requests).toHaveLength(1);
});
