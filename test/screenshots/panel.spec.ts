// The panel as a newcomer sees it.
import { openPanel } from '../ui/actions.ts';
import { expect, test } from '../ui/fixtures.ts';
import { takeDocumentationPicture } from './picture.ts';

test('the panel beside a file', async ({ page }) => {
  const panel = await openPanel(page);
  await expect(panel.getByRole('textbox').first()).toBeVisible();
  await takeDocumentationPicture(page, 'panel');
});
