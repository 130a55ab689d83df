/** All tests open their panels in one page: what one leaves behind there is gone when the next begins. */

import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import { snapshot, turn } from './samples.ts';
import { usePanelBrowser } from './usePanel.ts';

const field = '.composer textarea';

describe('a panel that is opened in the page of another', () => {
  const browser = usePanelBrowser();

  it('finds nothing of it', async () => {
    const before = await browser.open({ width: 300, height: 500, theme: 'light', stillClock: true });
    const { page } = before;
    await before.send(snapshot());
    await page.fill(field, 'a draft');
    await page.hover(field);
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark', forcedColors: 'active' });
    await page.route('**/math.js', (route) => route.abort());
    const heard: string[] = [];
    page.on('request', () => heard.push('a request'));
    page.on('console', () => heard.push('a message'));
    await page.evaluate(() => {
      Object.assign(window, { left: 'behind' });
      sessionStorage.setItem('state', '"kept"');
      setInterval(() => console.error('too late'), 1);
    });

    const heardBefore = heard.length;
    const after = await browser.open();
    assert.equal(after.page, page);
    const found = await page.evaluate(() => ({
      left: 'left' in window,
      clock: 'stillClock' in window,
      state: sessionStorage.getItem('state'),
      size: [innerWidth, innerHeight],
      focused: document.activeElement?.tagName,
      hovered: document.querySelectorAll(':hover').length,
      media: [
        '(prefers-reduced-motion: reduce)',
        '(prefers-color-scheme: dark)',
        '(forced-colors: active)',
      ].filter((query) => matchMedia(query).matches),
      theme: document.body.className,
    }));
    assert.deepEqual(found, {
      left: false,
      clock: false,
      state: null,
      size: [400, 720],
      focused: 'BODY',
      hovered: 0,
      media: [],
      theme: 'vscode-dark',
    });
    assert.deepEqual(await after.posted(), [{ type: 'view-ready' }]);
    await after.send(snapshot({ turns: [turn('t1', { text: '$x$' })] }));
    assert.equal(await page.inputValue(field), '');
    await page.locator('.formula.typeset').waitFor();
    assert.deepEqual(heard.slice(heardBefore), []);
    assert.deepEqual(after.complaints, []);
    await page.evaluate(() => console.error('in time'));
    await eventually(() => after.complaints.length > 0);
    assert.deepEqual(after.complaints, ['in time']);
  });
});
