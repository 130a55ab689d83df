/** What the suites that work in the panel's page share: one browser for all tests of a suite, and a panel for each test. */

import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/host/launchBrowser.ts';
import type { ViewMessage } from '../../src/core/protocol.ts';
import { type OpenOptions, type PanelPage, type PanelServer, startPanelServer } from './panelPage.ts';

/** The panel of the test that runs. */
export interface PanelInTest extends PanelPage {
  /** Opens it, once in each test. */
  open(options?: OpenOptions): Promise<PanelPage>;
  /** What the panel posted of one type, oldest first. */
  postedOf<Type extends ViewMessage['type']>(type: Type): Promise<Extract<ViewMessage, { type: Type }>[]>;
  /** Whether the one element that the selector finds has the focus. */
  hasFocus(selector: string): Promise<boolean>;
}

export interface PanelBrowser {
  /** Opens a panel, which the test closes. */
  open(options?: OpenOptions): Promise<PanelPage>;
  /** A page of any other kind. */
  newPage(): Promise<Page>;
}

/** Called in a `describe`: starts a browser before its tests and ends it after them. */
export function usePanelBrowser(): PanelBrowser {
  let browser: Browser;
  let server: PanelServer;

  before(async () => {
    [browser, server] = await Promise.all([launchBrowser(), startPanelServer()]);
  });
  after(async () => {
    await browser.close();
    server.close();
  });
  return {
    open: (options) => server.open(browser, options),
    newPage: () => browser.newPage(),
  };
}

/** Called in a `describe`, it sets up and takes down what the tests need. After each test the page closes; a complaint fails the test. */
export function usePanel(): PanelInTest {
  const browser = usePanelBrowser();
  let panel: PanelPage | undefined;

  afterEach(async () => {
    // The test failed before it had one.
    if (!panel) return;
    const { page, complaints } = panel;
    panel = undefined;
    await page.close();
    assert.deepEqual(complaints, []);
  });

  function current(): PanelPage {
    if (!panel) throw new Error('The test has not opened the panel.');
    return panel;
  }

  return {
    async open(options) {
      assert.ok(!panel, 'the test opened a panel before');
      panel = await browser.open(options);
      return panel;
    },
    get page() {
      return current().page;
    },
    get complaints() {
      return current().complaints;
    },
    send: (...messages) => current().send(...messages),
    showTheme: (theme) => current().showTheme(theme),
    posted: () => current().posted(),
    async postedOf<Type extends ViewMessage['type']>(type: Type) {
      const all = await current().posted();
      return all.filter((message): message is Extract<ViewMessage, { type: Type }> => message.type === type);
    },
    hasFocus: (selector) =>
      current()
        .page.locator(selector)
        .evaluate((element) => element === document.activeElement),
  };
}
