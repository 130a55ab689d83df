// Connections are added, used, migrated and removed step by step, without a settings file in sight.
import {
  answerInput,
  chooseRow,
  notification,
  openPanel,
  quickPickRow,
  runCommand,
  takePicture,
} from './actions.ts';
import { askInPanel, endedTurn, errorCard, lastAnswer, questionField } from './chat.ts';
import { expect, test } from './fixtures.ts';

test('an OpenAI-compatible server is added and answers', async ({ page, emulator }) => {
  const panel = await openPanel(page);
  await runCommand(page, 'Qiao: Manage Connections');
  await chooseRow(page, 'Add a connection');
  await expect(quickPickRow(page, /^OpenAI-compatible/)).toBeVisible();
  await takePicture(page, 'providers');
  await chooseRow(page, /^OpenAI-compatible/);
  await answerInput(page, 'Name of the connection', 'My gateway');
  await answerInput(page, 'Address', 'localhost:8000');
  await expect(page.locator('.quick-input-message')).toContainText('An http or https address, please.');
  await answerInput(page, 'Address', `${emulator.origin}/v1`);
  await answerInput(page, 'My gateway', 'gateway-key-123456');
  await notification(page, /My gateway answers from now on/);
  emulator.script({ text: 'Hello from the gateway.' });
  await askInPanel(panel, 'Who is there?');
  await expect(lastAnswer(panel)).toHaveText('Hello from the gateway.');
  const request = emulator.requests.at(-1);
  expect(request?.path).toBe('/v1/chat/completions');
  expect(request?.headers.authorization).toBe('Bearer gateway-key-123456');

  await runCommand(page, 'Qiao: Manage Connections');
  await chooseRow(page, 'My gateway');
  await takePicture(page, 'connection');
  await chooseRow(page, 'Remove it');
  await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Remove' }).click();
  await notification(page, 'The connection My gateway and its key are removed.');
  await runCommand(page, 'Qiao: Manage Connections');
  await expect(quickPickRow(page, 'DashScope')).toBeVisible();
  await expect(quickPickRow(page, 'My gateway')).toHaveCount(0);
});

test('Qianfan v1 answers, says that it is being retired, and migrates to v2', async ({ page, emulator }) => {
  const panel = await openPanel(page);
  await runCommand(page, 'Qiao: Manage Connections');
  await chooseRow(page, 'Add a connection');
  await chooseRow(page, 'Qianfan (v1)');
  await answerInput(page, 'Name of the connection', 'Dolly');
  await answerInput(page, 'Address', emulator.origin);
  await chooseRow(page, 'API key and secret key');
  await answerInput(page, 'Endpoint names', 'ngxxxol8_test1');
  await answerInput(page, /API key \(1\/2\)/, 'app-key-for-the-ui');
  await answerInput(page, /secret key \(2\/2\)/, 'app-secret-for-the-ui');
  emulator.script({ match: { path: '/chat/' }, pieces: [' 你好。', ' 再见。'] });
  await expect(panel.getByText('Baidu is retiring Qianfan v1.')).toBeVisible();
  await askInPanel(panel, 'Hello');
  await expect(endedTurn(panel)).toBeVisible();
  await expect(lastAnswer(panel)).toHaveText('你好。 再见。');
  await takePicture(page, 'retirement');

  await panel.getByText('Migrate to v2').click();
  await answerInput(page, 'Dolly → v2', 'bce-v3/ALTAK-demo/0123456789');
  await expect(page.locator('.quick-input-title')).toContainText('Model');
  await page.keyboard.press('Escape');
  await runCommand(page, 'Qiao: Manage Connections');
  await expect(quickPickRow(page, 'Dolly → v2')).toBeVisible();
  await expect(quickPickRow(page, /^Dolly(?! →)/)).toBeVisible();
});

test('faults can be simulated in the demo', async ({ page }) => {
  const panel = await openPanel(page);
  await runCommand(page, 'Qiao: Try Without a Key');
  await runCommand(page, 'Qiao: Simulate a Fault');
  await takePicture(page, 'faults');
  await chooseRow(page, 'The content filter');
  await expect(questionField(panel)).toBeFocused();
  await askInPanel(panel, 'Anything');
  await expect(errorCard(panel)).toContainText('The platform’s content filter stepped in');
  await expect(lastAnswer(panel)).toContainText('first half of an answer');
});
