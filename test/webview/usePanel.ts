/** What the suites that work in the panel's page share: one browser, one server, and one page that each test finds as if new. */

import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/host/launchBrowser.ts';
import type { ViewMessage } from '../../src/chat/common/protocolSchema.ts';
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
  /** Opens a panel, once in each test. */
  open(options?: OpenOptions): Promise<PanelPage>;
  /** A page of any other kind, which the test closes. */
  newPage(): Promise<Page>;
}

interface Stage {
  readonly browser: Browser;
  readonly server: PanelServer;
  /** In which the tests open their panels, one after the other: a new page costs several times as much. */
  page?: Page;
}

/** Started by the first suite of this process, for all of them. */
let stage: Promise<Stage> | undefined;

function getStage(): Promise<Stage> {
  stage ??= Promise.all([launchBrowser(), startPanelServer()]).then(([browser, server]) => ({
    browser,
    server,
  }));
  return stage;
}

after(async () => {
  if (!stage) return;
  const { browser, server } = await stage;
  stage = undefined;
  await browser.close();
  server.close();
});

async function openPanel(options?: OpenOptions): Promise<PanelPage> {
  const current = await getStage();
  current.page ??= await newPage(current.browser);
  return current.server.show(current.page, options);
}

async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  // The limit is the test's own.
  page.setDefaultTimeout(0);
  return page;
}

/** A test that failed broke off somewhere: keys may be held down, a request unanswered. */
async function leavePageOf(failed: boolean): Promise<void> {
  const current = await stage;
  if (!failed || !current?.page) return;
  const { page } = current;
  current.page = undefined;
  await page.close();
}

/** Called in a `describe`: gives its tests panels. */
export function usePanelBrowser(): PanelBrowser {
  before(getStage);
  afterEach(function () {
    return leavePageOf(this.currentTest?.state === 'failed');
  });
  return {
    open: openPanel,
    async newPage() {
      return newPage((await getStage()).browser);
    },
  };
}

/** Called in a `describe`, it gives its tests panels; a complaint of the panel fails the test. */
export function usePanel(): PanelInTest {
  const browser = usePanelBrowser();
  let panel: PanelPage | undefined;

  afterEach(() => {
    // The test failed before it had one.
    if (!panel) return;
    const { complaints } = panel;
    panel = undefined;
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
    pass: (ms) => current().pass(ms),
    frames: (count) => current().frames(count),
    settle: () => current().settle(),
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
