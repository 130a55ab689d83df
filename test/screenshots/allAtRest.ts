/** Waits until a state of the panel looks as it will stay. */

import type { PanelPage } from '../webview/panelPage.ts';

export async function allAtRest({ page, settle }: PanelPage): Promise<void> {
  // Colours of code come from a script of their own.
  await page.waitForFunction(isColoured);
  await settle();
}

/** Runs in the page. */
function isColoured(): boolean {
  const code = document.querySelectorAll('.finished pre > code[class]');
  return [...code].every((block) => block.firstElementChild !== null);
}
