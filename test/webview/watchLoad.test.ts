/** When a file of a page is not loaded, whichever it is, the page tells the host. */

import assert from 'node:assert/strict';
import type { OpenOptions } from './panelPage.ts';
import { usePanelBrowser } from './usePanel.ts';

describe('a page whose files', () => {
  const browser = usePanelBrowser();

  /** What a page posts while the requests for one of its files are broken off. */
  async function postedWithout(file: RegExp, options: OpenOptions): Promise<unknown[]> {
    // A page must be open before its requests can be intercepted.
    const { page } = await browser.open();
    let brokenOff = 0;
    await page.route(file, (route) => {
      brokenOff += 1;
      return route.abort('aborted');
    });
    const { pathname, search } = new URL(page.url());
    assert.equal(pathname, '/');
    const query = search.replace(/entry=\w+/, `entry=${options.entry ?? 'panel'}`);
    await page.goto(new URL(`/${options.page ?? ''}${query}`, page.url()).href);
    await page.waitForLoadState();
    assert.ok(brokenOff > 0, `no request for ${file}`);
    return page.evaluate(() => (window as unknown as { posted: unknown[] }).posted);
  }

  const pages: [string, OpenOptions, RegExp[]][] = [
    ['the panel', {}, [/\/panel\.js/, /\/chunk-/, /\/panel\.css/, /\/codicon\.css/, /\.css|panel\.js/]],
    ['a comparison', { entry: 'compare' }, [/\/compare\.js/, /\/chunk-/, /\/compare\.css/]],
    ['the usage', { entry: 'usage' }, [/\/usage\.js/]],
    ['the inspector', { page: 'inspect.html' }, [/\/inspect\.js/]],
    ['a diagram', { page: 'diagram.html' }, [/\/diagram\.js/, /\/diagram\.css/]],
  ];
  for (const [name, options, files] of pages)
    it(`do not come says so: ${name}`, async () => {
      for (const file of files) {
        const posted = await postedWithout(file, options);
        assert.equal(posted.filter((message) => message === 'load-failed').length, 1, String(file));
      }
    });

  it('have their icons, though the first frame does not wait for them', async () => {
    const { page } = await browser.open();
    await page.waitForFunction(() => {
      const sheet = document.querySelector<HTMLLinkElement>('#vscode-codicon-stylesheet');
      return sheet?.media === 'all' && sheet.sheet !== null;
    });
  });

  it('come says nothing of it', async () => {
    const { posted } = await browser.open();
    assert.deepEqual(await posted(), [{ type: 'view-ready' }]);
  });
});
