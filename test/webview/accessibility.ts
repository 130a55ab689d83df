/** What axe finds wrong with the panel as it stands. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Those of axe's category “color”; the one for the level AAA is off in the whole panel too, as it is by default. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** Each violation in one line: the rule and the elements that break it; best practices count. */
export async function accessibilityViolations(
  page: Page,
  { only }: { only?: 'colours' } = {},
): Promise<string[]> {
  // The newer mode opens a page of its own, which a page without a context of its own may not; and no policy lets axe load the style sheets.
  const axe = new AxeBuilder({ page }).options({ preload: false }).setLegacyMode(true);
  const { violations } = await (only ? axe.withRules(colourRules) : axe).analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(' | ')}`,
  );
}
