// The steps of *Get Started*.
import type { Locator, Page } from '@playwright/test';

export function walkthroughStep(page: Page, title: string): Locator {
  return page.locator('.getting-started-step, .step-list-container button', { hasText: title }).first();
}

/** What shows that it is done: one, or none. */
export function walkthroughTick(page: Page, title: string): Locator {
  return walkthroughStep(page, title).locator(
    '.getting-started-checkbox.complete, .codicon-getting-started-step-checked:visible',
  );
}
