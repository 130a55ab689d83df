// Types as a Chinese input method does: real composition events, Enter included, through Chromium's debugging protocol.
import type { CDPSession, Page } from '@playwright/test';

/** Shows each step as the text being composed, e.g. `['n', 'ni', 'nihao']`. The page sees it as not yet final. */
export async function compose(page: Page, steps: readonly string[]): Promise<void> {
  const session = await sessionOf(page);
  for (const text of steps) {
    await pressKey(session, 'Process');
    await session.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  }
}

/** An Enter that goes to the input method and must not send anything. `keyboard.press` would also break the line. */
export async function pressEnterInComposition(page: Page): Promise<void> {
  await pressKey(await sessionOf(page), 'Enter');
}

/** Ends the composition with the chosen text. */
export async function commit(page: Page, text: string): Promise<void> {
  await (await sessionOf(page)).send('Input.insertText', { text });
}

/** While an input method composes, every key reaches the page with this code. */
const composing = { windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };

async function pressKey(session: CDPSession, key: string): Promise<void> {
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, ...composing });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, ...composing });
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

function sessionOf(page: Page): Promise<CDPSession> {
  let session = sessions.get(page);
  if (!session) {
    session = page.context().newCDPSession(page);
    sessions.set(page, session);
  }
  return session;
}
