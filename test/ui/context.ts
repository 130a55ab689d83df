// What is attached to a question, as a user attaches and sees it, and as the platform receives it.
import { expect, type FrameLocator, type Locator } from '@playwright/test';
import type { Emulator } from '../../src/emulator/index.ts';
import { questionField } from './chat.ts';

/** The chips of the composer. */
export const attachmentItems = (panel: FrameLocator): Locator => panel.locator('.composer .chip');

export const attachmentItem = (panel: FrameLocator, name: string): Locator =>
  attachmentItems(panel).filter({ hasText: name });

/** The lines of the list that is open. */
export const suggestions = (panel: FrameLocator): Locator => panel.locator('.suggestions .suggestion');

/** The message that stands at the composer. */
export const composerMessage = (panel: FrameLocator): Locator => panel.locator('.composer-message');

/** Types `#` and the query, goes to the line by keys, and chooses it. */
export async function pickContext(panel: FrameLocator, query: string, label: string | RegExp): Promise<void> {
  await typeContext(panel, query);
  const field = questionField(panel);
  const line = suggestions(panel).filter({ hasText: label }).first();
  await expect(line).toBeVisible();
  // The host may still send results, which move the lines: wait for two equal readings.
  let before: string[] = [];
  await expect
    .poll(
      async () => {
        const [last, now] = [before, await suggestions(panel).allTextContents()];
        before = now;
        return now.join() === last.join();
      },
      { intervals: [0, 200] },
    )
    .toBe(true);
  for (let step = 0; step < 30 && !(await line.and(panel.locator('.active')).count()); step++)
    await field.press('ArrowDown');
  await field.press('Enter');
  await expect(suggestions(panel)).toHaveCount(0);
}

/** Types `#` and the query behind what is in the field. */
export async function typeContext(panel: FrameLocator, query: string): Promise<void> {
  const field = questionField(panel);
  await field.focus();
  await field.press('ControlOrMeta+End');
  await field.pressSequentially(`#${query}`);
}

/** Chooses an action of a chip by keys alone. */
export async function runAttachmentAction(panel: FrameLocator, name: string, action: string): Promise<void> {
  await attachmentItem(panel, name).locator('.chip-open').focus();
  await attachmentItem(panel, name).locator('.chip-open').press('Shift+F10');
  await panel.getByRole('menuitem', { name: action, exact: true }).press('Enter');
}

/** What Qiao asked of the platform's models so far. */
export function questionsSent(emulator: Emulator): readonly { body: unknown; text: string }[] {
  return emulator.requests
    .filter(({ method }) => method === 'POST')
    .map(({ body, bodyText }) => ({ body, text: bodyText }));
}

/** The messages of a request, as they were sent. */
export async function messagesSent(emulator: Emulator, index: number): Promise<unknown> {
  await expect.poll(() => questionsSent(emulator).length).toBe(index + 1);
  const body = questionsSent(emulator)[index]?.body as { input: { messages: unknown } } | undefined;
  return body?.input.messages;
}
