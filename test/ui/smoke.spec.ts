// The least that has to work: Qiao is installed and its panel can be opened.
import { openPanel } from './actions.ts';
import { expect, test } from './fixtures.ts';

test('the panel opens from the activity bar', async ({ page }) => {
  const panel = await openPanel(page);
  await expect(panel.locator('body')).toHaveAttribute('data-vscode-theme-kind', 'vscode-dark');
});
