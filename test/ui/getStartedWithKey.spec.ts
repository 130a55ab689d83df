// The walkthrough is opened by somebody who has a key in the environment, and has asked a question.
import { openPanel, runCommand, takePicture } from './actions.ts';
import { askInPanel, endedTurn } from './chat.ts';
import { expect, test } from './fixtures.ts';
import { walkthroughStep, walkthroughTick } from './walkthrough.ts';

test.use({ ownWindow: true, environment: { DASHSCOPE_API_KEY: 'sk-0123456789abcdef' } });

test('steps that were done before are ticked', async ({ page, emulator }) => {
  emulator.script({ text: 'Hello.' });
  await askInPanel(await openPanel(page), 'hello');
  await endedTurn(await openPanel(page)).waitFor();
  await runCommand(page, 'Qiao: Get Started');
  await expect(walkthroughStep(page, 'Add a key, or try without one')).toBeVisible();
  for (const title of ['Add a key, or try without one', 'Ask your first question'])
    await expect(walkthroughTick(page, title)).toHaveCount(1);
  await expect(walkthroughTick(page, 'Ask about selected code')).toHaveCount(0);
  await takePicture(page, 'two done');
});
