// Keeps a picture of the window for the documentation.
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { repository } from '../../scripts/host/paths.ts';

/** Writes `docs/images/<name>.png`: a whole window, or only `target`. Carets and animations are held still. */
export async function takeDocumentationPicture(target: Page | Locator, name: string): Promise<void> {
  await target.screenshot({
    path: path.join(repository, 'docs/images', `${name}.png`),
    animations: 'disabled',
    caret: 'hide',
  });
}
