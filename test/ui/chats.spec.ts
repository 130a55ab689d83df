// Several chats side by side: the side bar's, and tabs, each with its own conversation, draft and attachments.
import { expect, type FrameLocator, type Page } from '@playwright/test';
import {
  notification,
  openPanel,
  reloadByCommand,
  runCommand,
  panel as sideBar,
  takePicture,
} from './actions.ts';
import { askInPanel, endedTurn, lastAnswer, questionField, setKey } from './chat.ts';
import { attachmentItem, pickContext } from './context.ts';
import { test } from './fixtures.ts';

/** The tab whose title holds the text, in the order in which tabs were opened. */
const tab = (page: Page, title: string | RegExp) =>
  page.locator('.tabs-container').getByRole('tab', { name: title });

/** The page of the tab in front. */
async function front(page: Page): Promise<FrameLocator> {
  const frames = page.locator('iframe.webview[src*="extensionId=qiao.qiao"]');
  await expect.poll(() => frames.count()).toBeGreaterThan(1);
  for (const frame of await frames.all()) {
    const box = await frame.boundingBox();
    if (box && box.x > 300 && box.width > 0 && (await frame.isVisible()))
      return frame.contentFrame().frameLocator('iframe#active-frame');
  }
  throw new Error('no tab in front');
}

test('chats stand side by side', async ({ page, emulator }) => {
  emulator.script({ text: 'First answer.' }, { pieces: ['Second ', 'answer.'], delayMs: 700 });
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await askInPanel(panel, 'First question');
  await expect(lastAnswer(panel)).toHaveText('First answer.');
  await panel.locator('.composer textarea').fill('Draft of the first');
  await runCommand(page, 'Qiao: Open Chat in Editor');
  await expect(tab(page, /First question/)).toBeVisible();
  const first = await front(page);
  await expect(lastAnswer(first)).toHaveText('First answer.');
  await expect(questionField(first)).toHaveValue('Draft of the first');
  await expect(questionField(first)).toBeFocused();
  await expect(panel.locator('.turn')).toHaveCount(0);
  await expect(questionField(panel)).toHaveValue('');
  await takePicture(page, 'one');

  await runCommand(page, 'Qiao: Open Chat in Editor');
  await expect(tab(page, /^Qiao/)).toHaveCount(1);
  const second = await front(page);
  await expect(questionField(second)).toHaveValue('');
  await askInPanel(second, 'Second question');
  await expect(tab(page, /Second question – answering/)).toBeVisible();
  await takePicture(page, 'two');
  await expect(endedTurn(second)).toBeVisible();
  await expect(tab(page, /Second question/)).not.toHaveAccessibleName(/answering/);
  await pickContext(second, 'cart', /cart\.ts/);
  await questionField(second).fill('Draft of the second');
  await expect(attachmentItem(second, 'cart.ts')).toBeVisible();
  await tab(page, /First question/).click();
  await expect(questionField(await front(page))).toHaveValue('Draft of the first');
  await expect(questionField(panel)).toHaveValue('');

  await reloadByCommand(page);
  await expect(questionField(await front(page))).toHaveValue('Draft of the first');
  await tab(page, /Second question/).click();
  const restored = await front(page);
  await expect(lastAnswer(restored)).toHaveText('Second answer.');
  await expect(questionField(restored)).toHaveValue('Draft of the second');
  await expect(attachmentItem(restored, 'cart.ts')).toBeVisible();
  await expect(sideBar(page).locator('.turn')).toHaveCount(0);

  // The list of the side bar leads to the tab that shows the chat; the button above the side bar means the side bar.
  await page.locator('.composite.title').getByRole('button', { name: 'Show Chats' }).click();
  await sideBar(page).locator('.history-open').filter({ hasText: 'First question' }).click();
  await expect(tab(page, /First question/)).toHaveAttribute('aria-selected', 'true');
  await expect(sideBar(page).locator('.turn')).toHaveCount(0);
  await page.locator('.composite.title').getByRole('button', { name: 'New Chat' }).click();
  await expect(lastAnswer(await front(page))).toHaveText('First answer.');

  await tab(page, /First question/)
    .getByRole('button', { name: /Close/ })
    .click();
  const told = await notification(page, 'The chat you closed had a question that was not sent.');
  await takePicture(page, 'closed');
  await told.getByRole('button', { name: 'Open It Again' }).click();
  await expect(questionField(await front(page))).toHaveValue('Draft of the first');
  await expect(lastAnswer(await front(page))).toHaveText('First answer.');
});
