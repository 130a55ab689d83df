// What a user does in the tab that compares models.
import { expect, type FrameLocator } from '@playwright/test';

/** By the id of the model, in the list at the name of the column `place`, counted from 0. */
export async function chooseModel(tab: FrameLocator, place: number, id: string): Promise<void> {
  await tab.locator('.column-model').nth(place).click();
  await tab.locator('#model-filter').fill(id);
  await tab
    .locator('.option', { hasText: new RegExp(id.replace('-', '.'), 'i') })
    .first()
    .waitFor();
  await tab.locator('#model-filter').press('Enter');
  await expect(tab.locator('.column-model').nth(place)).toHaveAttribute('title', new RegExp(`/${id}$`));
}
