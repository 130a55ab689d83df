/** What axe finds wrong with the panel as it stands. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** Those of axe's category “color”; the one for the level AAA is off in the whole panel too, as it is by default. */
const colourRules = ['color-contrast', 'link-in-text-block'];

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Each violation in one line: the rule and the elements that break it; best practices count. */
export async function accessibilityViolations(
  page: Page,
  { only }: { only?: 'colours' } = {},
): Promise<string[]> {
  if (!(await page.evaluate(hasAxe))) await page.evaluate(axeSource);
  // No policy lets axe load the style sheets, and no frame is part of the pages.
  const options: RunOptions = { preload: false, iframes: false, resultTypes: ['violations'] };
  if (only) options.runOnly = { type: 'rule', values: colourRules };
  const violations = await page.evaluate(run, options);
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(' | ')}`,
  );
}

/** Runs in the page. */
function hasAxe(): boolean {
  return 'axe' in window;
}

/** Runs in the page. */
async function run(options: RunOptions): Promise<AxeResults['violations']> {
  const { axe } = window as unknown as { axe: typeof import('axe-core') };
  return (await axe.run(document, options)).violations;
}
