// Small, steady ways to drive the workbench and to look at it.
import { expect, type FrameLocator, type Locator, type Page, test } from '@playwright/test';

const extensionId = 'qiao.qiao';

/** Qiao's tab in the activity bar, in whichever language. */
export function qiaoTab(page: Page): Locator {
  return page.locator('.activitybar').getByRole('tab', { name: /^(Qiao|桥)/ });
}

/** Brings Qiao's side panel to the front and gives the inside of it. */
export async function openPanel(page: Page): Promise<FrameLocator> {
  await repeatUntil(
    async () => {
      // A click on the chosen tab would hide the side bar.
      if ((await qiaoTab(page).getAttribute('aria-expanded')) !== 'true') await qiaoTab(page).click();
    },
    (timeout) => panel(page).locator('.composer textarea').waitFor({ timeout }),
  );
  return panel(page);
}

/** The inside of Qiao's side panel. */
export function panel(page: Page): FrameLocator {
  return page.frameLocator(frame).first().frameLocator('iframe#active-frame');
}

/** The inside of a chat that was opened in an editor tab after the side panel: nothing in the page tells them apart. */
export function editorPanel(page: Page): FrameLocator {
  return page.frameLocator(frame).last().frameLocator('iframe#active-frame');
}

const frame = `iframe.webview[src*="extensionId=${extensionId}"]`;

/** Runs a command from the command palette; `title` as the palette shows it, e.g. `Qiao: New Chat`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = quickPickRow(page, title).first();
  await repeatUntil(
    () => openQuickInput(page, 'F1', `>${title}`),
    (timeout) => clickRow(row, timeout),
  );
}

/** Opens a file of the folder by its name and puts the cursor into it. */
export async function openFile(page: Page, name: string): Promise<void> {
  const row = quickPickRow(page, name).first();
  await repeatUntil(
    () => openQuickInput(page, 'ControlOrMeta+P', name),
    async (timeout) => {
      await row.click({ timeout });
      // The list may have been drawn anew beneath the click.
      await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout });
    },
  );
  await waitForFile(page, name);
  await focusEditor(page);
}

/**
 * Waits until the file that is being opened has the keyboard. Its tab is there sooner, and what is typed elsewhere
 * before the editor has taken the focus would end in the file.
 */
export async function waitForFile(page: Page, name: string): Promise<void> {
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  const editor = page.locator('.editor-group-container.active .monaco-editor.focused');
  await editor.and(page.locator(`[data-uri$="/${encodeURIComponent(name)}"]`)).waitFor();
}

/** Gives the active editor the keyboard. */
export async function focusEditor(page: Page): Promise<void> {
  const editor = page.locator('.editor-group-container.active .monaco-editor').first();
  await editor.locator('.view-lines').first().click();
  await page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
}

/** Selects whole lines of the open file, counted from 1, last one included. */
export async function selectLines(page: Page, first: number, last: number): Promise<void> {
  await focusEditor(page);
  const selected = statusItem(page, 'status.editor.selection').filter({ hasText: /\(\d+ selected\)/ });
  await repeatUntil(
    async () => {
      await openQuickInput(page, 'ControlOrMeta+G', `:${first}`);
      await page.keyboard.press('Enter');
      await quickInput(page).waitFor({ state: 'hidden' });
      for (let line = first; line < last; line++) await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Shift+End');
    },
    (timeout) => selected.waitFor({ timeout }),
  );
}

/** A row of the quick pick or command palette that is open. */
export function quickPickRow(page: Page, text: string | RegExp): Locator {
  return page.locator('.quick-input-list .monaco-list-row', { hasText: text });
}

/** Clicks a row of the quick pick that is open, or that opens soon. */
export async function chooseRow(page: Page, text: string | RegExp): Promise<void> {
  const row = quickPickRow(page, text).first();
  await row.waitFor();
  await repeatUntil(
    async () => {},
    async (timeout) => {
      if (await row.isVisible()) await clickRow(row, timeout);
    },
  );
}

/** Clicks a row and waits until it is gone. VS Code may draw the list anew beneath the click, which is lost then. */
async function clickRow(row: Locator, timeout: number): Promise<void> {
  await row.click({ timeout });
  await row.waitFor({ state: 'hidden', timeout });
}

/** Waits until the quick pick has this row in focus, and presses Enter. */
export async function chooseFocusedRow(page: Page, text: string | RegExp): Promise<void> {
  await quickPickRow(page, text).and(page.locator('.focused')).waitFor();
  await page.keyboard.press('Enter');
}

/** The text field of the quick pick or input box that is open. */
export function quickInputField(page: Page): Locator {
  return quickInput(page).locator('input:visible').last();
}

/** Answers the input box with this title. */
export async function answerInput(page: Page, title: string | RegExp, text: string): Promise<void> {
  await expect(page.locator('.quick-input-title')).toContainText(title);
  await quickInputField(page).fill(text);
  await page.keyboard.press('Enter');
}

/** A notification's pop-up; find its buttons by role. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('.notifications-toasts .notification-list-item', { hasText: text });
}

/**
 * A notification, once it has come, wherever it is: VS Code pops up no fourth one within 800 ms, which only a test is fast
 * enough to see, and hides pop-ups after a while. The list keeps them all.
 */
export async function notification(page: Page, text: string | RegExp): Promise<Locator> {
  const listed = page.locator('.notifications-center .notification-list-item', { hasText: text });
  const found = toast(page, text).or(listed).last();
  try {
    await found.waitFor({ timeout: 5000 });
  } catch {
    await runCommand(page, 'Notifications: Show Notifications');
    await found.waitFor();
  }
  return found;
}

/** An item of the status bar, by its full id, e.g. `qiao.qiao.model` for one of Qiao's own. */
export function statusItem(page: Page, id: string): Locator {
  return page.locator(`.statusbar-item[id="${id}"]`);
}

/** Loads the window again, as "Developer: Reload Window" does. */
export async function reloadWindow(page: Page): Promise<void> {
  await page.reload();
  await qiaoTab(page).waitFor();
}

/** As a user does: VS Code writes down first which tabs are open, for which a mere reload of the page leaves no time. */
export async function reloadByCommand(page: Page): Promise<void> {
  const loaded = page.waitForEvent('load');
  await runCommand(page, 'Developer: Reload Window');
  await loaded;
  await qiaoTab(page).waitFor();
}

/** The view that Source Control is in. */
export function sourceControl(page: Page): Locator {
  return page.locator('.scm-view').first();
}

/** Keeps a picture among the test's results, when `PICTURES=1` asks for them: they take a tenth of the time. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return;
  const info = test.info();
  const file = info.outputPath(`${name}.png`);
  await page.screenshot({ path: file });
  await info.attach(name, { path: file, contentType: 'image/png' });
}

function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget:visible');
}

/** Opens the quick input with a key and types into it. */
async function openQuickInput(page: Page, key: string, text: string): Promise<void> {
  const input = quickInput(page);
  await repeatUntil(
    async () => {
      await closeQuickInput(page);
      await page.keyboard.press(key);
    },
    (timeout) => input.waitFor({ timeout }),
  );
  await input.locator('.quick-input-filter input').fill(text, { timeout: 4000 });
}

/** Presses a key until what it leads to is there. */
export async function pressUntil(page: Page, key: string, target: Locator): Promise<void> {
  await repeatUntil(
    () => page.keyboard.press(key),
    (timeout) => target.waitFor({ timeout }),
  );
}

/** Closes the quick input if one is open. */
export async function closeQuickInput(page: Page): Promise<void> {
  const input = quickInput(page);
  if (!(await input.count())) return;
  await page.keyboard.press('Escape');
  await input.waitFor({ state: 'detached', timeout: 2000 }).catch(() => {});
}

/**
 * Acts and looks, up to four times and longer each time: on a busy machine a key can land before its target has the focus,
 * and what takes the focus closes a list that is open.
 */
export async function repeatUntil(
  act: () => Promise<void>,
  look: (timeoutMs: number) => Promise<void>,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await act();
      return await look(4000 * 2 ** attempt);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}
