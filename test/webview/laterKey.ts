/** A key that is pressed when the one that ended a composition is long released, however quick the test is. */

import type { CDPSession, Page } from 'playwright-core';

const keys = {
  Enter: { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Escape: { code: 'Escape', windowsVirtualKeyCode: 27, text: undefined },
} as const;

/** The events say that they happened a second from now. */
export async function pressLater(page: Page, key: keyof typeof keys): Promise<void> {
  const session = await sessionOf(page);
  const { text, ...rest } = keys[key];
  const event = { key, ...rest, timestamp: Date.now() / 1000 + 1 };
  await session.send('Input.dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', text, ...event });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
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
