// VS Code's own chat as a user drives it.
import { expect, type Locator, type Page } from '@playwright/test';
import {
  closeQuickInput,
  quickInputField,
  quickPickRow,
  repeatUntil,
  runCommand,
  takePicture,
} from './actions.ts';

export const chatInput = (page: Page): Locator =>
  page.locator('.interactive-input-part .monaco-editor').first();

/** Shows the model that will be asked, once VS Code knows one. */
export const modelPicker = (page: Page): Locator =>
  page
    .locator('.interactive-input-part')
    .getByText(/Qwen|model-a|demo-/)
    .first();

/** The newest answer. */
export const lastResponse = (page: Page): Locator =>
  page.locator('.interactive-response .value, .interactive-response').last();

export async function openChat(page: Page): Promise<void> {
  await runCommand(page, 'Chat: Open Chat');
  await chatInput(page).waitFor();
}

export async function sendInChat(page: Page, text: string): Promise<void> {
  await chatInput(page).click();
  await chatInput(page).and(page.locator('.focused')).waitFor();
  await page.keyboard.type(text, { delay: 10 });
  // VS Code leaves the participant's name in the field; a long text is broken into lines.
  const written = chatInput(page).locator('.view-line', { hasText: text.slice(0, 12) });
  await repeatUntil(
    async () => {
      // A list of participants or files may be open, or open just now: Escape closes it and leaves the text.
      await page.keyboard.press('Escape');
      if (await written.count()) await page.keyboard.press('Enter');
    },
    (timeout) => expect(written).toHaveCount(0, { timeout }),
  );
}

/** Attaches a file by the button below the message, as one who does not know `#file:`. */
export async function attachInChat(page: Page, name: string): Promise<void> {
  const button = page.locator('.interactive-input-part').getByRole('button', { name: /^Add Context/ });
  const file = quickPickRow(page, name).first();
  await repeatUntil(
    async () => {
      // The chat may still be making its buttons anew, or take the focus once more, which closes the list.
      await closeQuickInput(page);
      await button.click();
      await quickPickRow(page, 'Files & Folders...').click({ timeout: 4000 });
      await expect(quickPickRow(page, 'Files & Folders...')).toHaveCount(0);
      await quickInputField(page).fill(name, { timeout: 4000 });
    },
    (timeout) => file.click({ timeout }),
  );
}

/** Agrees to a question that holds the text. VS Code makes it anew while it learns more, and such a press is lost. */
export async function allowInChat(question: Locator, text: string): Promise<void> {
  const asked = question.filter({ hasText: text });
  await repeatUntil(
    async () => {
      if ((await asked.count()) === 0) return;
      await asked.getByRole('button', { name: 'Allow' }).first().click({ timeout: 4000 });
    },
    (timeout) => expect(asked).toHaveCount(0, { timeout }),
  );
}

/** Runs the command that makes VS Code's chat work without a sign-in, and agrees to it; `titles`: what is said to more requests. */
export async function enableQiao(page: Page, titles: 'No' | 'Use It for These Too' = 'No'): Promise<void> {
  await runCommand(page, 'Qiao: Use Qiao’s Models in VS Code’s Chat');
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.getByRole('button', { name: 'Enable' }).click();
  await dialog.getByRole('button', { name: titles }).click();
  const list = page.locator('.monaco-modal-editor-block, .models-widget').first();
  await page.getByText('Qwen Plus', { exact: true }).first().waitFor();
  await takePicture(page, 'enabled');
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  await page
    .locator('.notifications-toasts')
    .getByText('VS Code’s chat is starting…')
    .waitFor({ state: 'hidden' });
}

/** Takes back all edits of the chat in sight, and agrees when asked. */
export async function undoEdits(page: Page): Promise<void> {
  await page
    .locator('.chat-editing-session-container, .chat-editing-session')
    .getByRole('button', { name: /^Undo/ })
    .first()
    .click();
  const agree = page.locator('.monaco-dialog-box').getByRole('button', { name: 'Yes' });
  await agree.click();
}
