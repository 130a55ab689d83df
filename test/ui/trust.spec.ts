// In a folder that the user does not trust, nothing of an answer reaches a terminal.
import { openPanel, takePicture, toast } from './actions.ts';
import { askInPanel, endedTurn, setKey } from './chat.ts';
import { expect, test } from './fixtures.ts';

test.use({
  ownWindow: true,
  workspaceTrust: true,
  settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'always' },
});

test('no command is pasted in restricted mode', async ({ page, emulator }) => {
  emulator.script({ text: '```sh\ntouch canary\n```\n' });
  await page.locator('.monaco-dialog-box').getByRole('button', { name: /^No/ }).click();
  await expect(page.locator('.statusbar-item', { hasText: 'Restricted Mode' })).toBeVisible();
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await askInPanel(panel, 'What do I run?');
  await endedTurn(panel).waitFor();
  await panel.locator('.code-block').hover();
  await panel.locator('.code-more').click();
  await panel.getByRole('menuitem', { name: 'Terminal' }).click();
  // Hovering waits until it has come in whole.
  await toast(page, 'Code goes to a terminal only in a workspace that you trust.').hover();
  await takePicture(page, 'restricted');
  await expect(page.locator('.terminal-wrapper, .xterm')).toHaveCount(0);
});
