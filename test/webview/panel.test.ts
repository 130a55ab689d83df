/** The panel's bundle in a real browser under the strict policy: typing, streaming, following, and what reaches the host. */

import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/host/launchBrowser.ts';
import type { ViewMessage } from '../../src/core/protocol.ts';
import { type OpenOptions, type PanelPage, type PanelServer, startPanelServer } from './panelPage.ts';
import { attachment, chineseAnswer, composer, richAnswer, snapshot, turn } from './samples.ts';

const running = turn('t1', { outcome: { status: 'running' } });
const field = '.composer textarea';

describe('the panel in a browser', function () {
  this.timeout(30_000);
  let browser: Browser;
  let server: PanelServer;
  let panel: PanelPage;

  before(async () => {
    [browser, server] = await Promise.all([launchBrowser(), startPanelServer()]);
  });
  after(async () => {
    await browser.close();
    server.close();
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.page.close();
  });

  async function open(options?: OpenOptions): Promise<PanelPage> {
    panel = await server.open(browser, options);
    return panel;
  }

  async function postedOf<Type extends ViewMessage['type']>(type: Type): Promise<ViewMessage[]> {
    return (await panel.posted()).filter((message) => message.type === type);
  }

  it('asks for the state first, and renders every state without breaking the policy', async () => {
    const { send, posted, page } = await open();
    assert.deepEqual(await posted(), [{ type: 'view-ready' }]);
    await send(snapshot({ composer: { ...composer, connection: 'none' } }));
    await send(snapshot({ composer: { ...composer, connection: 'demo', attachments: [attachment] } }));
    await send(
      snapshot({
        turns: [turn('t0', { text: `${richAnswer}\n${chineseAnswer}`, reasoning: 'hm' }), running],
      }),
    );
    await page.locator('.model-button').click();
    assert.equal(await page.locator('.turn').count(), 2);
  });

  it('runs nothing that an answer says', async () => {
    const { send, page } = await open();
    const text =
      '<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) ![b](https://example.invalid/p.png) <script>alert(1)</script>';
    let asked = '';
    page.on('request', (request) => {
      asked += request.url();
    });
    page.on('dialog', () => assert.fail('a dialog opened'));
    await send(snapshot({ turns: [turn('t0', { text })] }));
    assert.equal(await page.locator('.answer-text :is(img, script)').count(), 0);
    assert.doesNotMatch(asked, /example\.invalid/);
  });

  it('sends on Enter, breaks on Shift+Enter, and sends nothing that is empty', async () => {
    const { send, page } = await open();
    await send(snapshot());
    await page.focus(field);
    await page.keyboard.press('Enter');
    assert.ok(await page.locator('.send').isDisabled());
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    await page.keyboard.press('Enter');
    assert.deepEqual(await postedOf('turn-submit'), [{ type: 'turn-submit', text: 'one\ntwo' }]);
    assert.equal(await page.inputValue(field), '');
  });

  it('leaves the keys of an input method alone', async () => {
    const { send, page } = await open();
    await send(snapshot());
    await page.focus(field);
    const client = await page.context().newCDPSession(page);
    await client.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
    await page.keyboard.press('Enter');
    await client.send('Input.insertText', { text: '你好' });
    assert.deepEqual(await postedOf('turn-submit'), []);
    // No one is as quick as a script: the key that ended the composition is long released.
    await page.waitForTimeout(100);
    await page.keyboard.press('Enter');
    assert.equal((await postedOf('turn-submit')).length, 1);
  });

  for (const [name, code] of [
    ['with the code 229', 229],
    ['with the code 13', 13],
  ] as const) {
    it(`does not send on an Enter that comes after the composition it ended, ${name}`, async () => {
      const { send, page } = await open();
      await send(snapshot({ draft: '你好' }));
      await page.evaluate(
        ([selector, keyCode]) => {
          const area = document.querySelector(selector);
          area?.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
          area?.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
          area?.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', keyCode, bubbles: true, cancelable: true }),
          );
          area?.dispatchEvent(new KeyboardEvent('keyup', { key: 'Enter', keyCode, bubbles: true }));
        },
        [field, code] as const,
      );
      assert.deepEqual(await postedOf('turn-submit'), []);
      await page.press(field, 'Enter');
      assert.equal((await postedOf('turn-submit')).length, 1);
    });
  }

  it('stops on Escape and by the button, and keeps the caret', async () => {
    const { send, page } = await open();
    await send(snapshot({ turns: [running] }));
    await page.press('.scroller', 'Escape');
    await page.click('.composer .stop');
    assert.equal((await postedOf('turn-stop')).length, 2);
    await send({ type: 'turn-finish', turnId: 't1', outcome: { status: 'stopped' } });
    assert.ok(await page.locator(field).evaluate((area) => area === document.activeElement));
  });

  it('keeps the draft over a reload, and tells the host', async () => {
    const { send, page } = await open();
    await send(snapshot());
    await page.fill(field, 'half a question');
    assert.deepEqual((await postedOf('draft-change')).at(-1), {
      type: 'draft-change',
      text: 'half a question',
    });
    await page.reload();
    await send(snapshot({ draft: 'half a' }));
    assert.equal(await page.inputValue(field), 'half a question');
  });

  it('touches only the running answer when a delta comes', async () => {
    const { send, page } = await open();
    await send(snapshot({ turns: [turn('t0', { text: richAnswer }), running] }));
    await send({ type: 'turn-delta', turnId: 't1', text: 'first', reasoning: '' });
    await page.waitForTimeout(300);
    await page.evaluate(() => {
      const touched: string[] = [];
      Object.assign(window, { touched });
      const answer = [...document.querySelectorAll('.answer-text')].at(-1);
      new MutationObserver((records) => {
        for (const { target } of records) if (!answer?.contains(target)) touched.push(target.nodeName);
      }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    for (const text of [' **bold** ', '\n\n- item\n', '- next\n'])
      await send({ type: 'turn-delta', turnId: 't1', text, reasoning: '' });
    assert.deepEqual(await page.evaluate('touched'), []);
    assert.equal(await page.locator('.answer-text').last().locator('li').count(), 2);
  });

  it('follows the stream at the end only, and jumps back on request', async () => {
    const { send, page } = await open({ height: 400 });
    await send(snapshot({ turns: [turn('t0', { text: richAnswer }), running] }));
    const distance = () =>
      page
        .locator('.scroller')
        .evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
    const paragraphs = 'A paragraph.\n\n'.repeat(20);
    await send({ type: 'turn-delta', turnId: 't1', text: paragraphs, reasoning: '' });
    assert.ok((await distance()) <= 1);
    await page.hover('.scroller');
    await page.mouse.wheel(0, -200);
    await page.locator('.jump').waitFor();
    const top = await page.locator('.scroller').evaluate((box) => box.scrollTop);
    await send({ type: 'turn-delta', turnId: 't1', text: paragraphs, reasoning: '' });
    assert.equal(await page.locator('.scroller').evaluate((box) => box.scrollTop), top);
    await page.click('.jump');
    assert.ok((await distance()) <= 1);
    assert.ok(await page.locator('.jump').isHidden());
  });

  it('hands links and code to the host', async () => {
    const { send, page } = await open();
    await send(snapshot({ turns: [turn('t0', { text: '[a](https://a.b/c?d=1)\n\n```\n\tx  \n\n```' })] }));
    const address = page.url();
    await page.click('.answer-text a');
    await page.click('.answer-text a', { button: 'middle' });
    await page.click('.code-copy');
    assert.deepEqual(await postedOf('link-open'), [
      { type: 'link-open', href: 'https://a.b/c?d=1' },
      { type: 'link-open', href: 'https://a.b/c?d=1' },
    ]);
    assert.deepEqual(await postedOf('text-copy'), [{ type: 'text-copy', text: '\tx  \n' }]);
    assert.equal(await page.locator('.code-copy').getAttribute('aria-label'), 'Copied');
    assert.equal(page.url(), address);
  });

  it('chooses a model by keyboard alone', async () => {
    const { send, page } = await open();
    await send(snapshot());
    await page.focus('.model-button');
    await page.keyboard.press('Enter');
    assert.equal(
      await page
        .locator('.option.active')
        .textContent()
        .then((text) => text?.includes('72B')),
      true,
    );
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('my/own-model');
    await page.keyboard.press('Enter');
    assert.deepEqual(await postedOf('model-select'), [
      { type: 'model-select', ref: 'dashscope/yi-large' },
      { type: 'model-select', ref: 'my/own-model' },
    ]);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    assert.ok(await page.locator('.model-button').evaluate((button) => button === document.activeElement));
  });

  it('checks parameters and sends the good ones', async () => {
    const { send, page } = await open();
    await send(snapshot());
    await page.getByRole('button', { name: 'Parameters' }).click();
    await page.fill('#parameter-topP', '1');
    await page.getByText('Must be above 0 and below 1.').waitFor();
    await page.fill('#parameter-topP', '0.3');
    await page.fill('#parameter-stop', 'END');
    await page.waitForTimeout(400);
    assert.deepEqual((await postedOf('parameters-change')).at(-1), {
      type: 'parameters-change',
      parameters: { topP: 0.3, stop: 'END' },
    });
  });

  it('removes attached code by keyboard', async () => {
    const { send, page } = await open();
    await send(snapshot({ composer: { ...composer, attachments: [attachment] } }));
    await page.focus('.composer .chip-open');
    await page.keyboard.press('Delete');
    assert.deepEqual(await postedOf('attachment-remove'), [{ type: 'attachment-remove', id: 'a1' }]);
  });

  it('retries from an error card, and tells a screen reader how it ended', async () => {
    const { send, page } = await open();
    await send(snapshot({ turns: [running] }));
    const error = {
      kind: 'network' as const,
      title: 'No connection',
      advice: 'Check the network.',
      actions: ['retry' as const],
    };
    await send({ type: 'turn-finish', turnId: 't1', outcome: { status: 'failed', error } });
    assert.equal(await page.locator('[role="status"]').textContent(), 'No answer: No connection');
    await page.getByRole('button', { name: 'Retry' }).click();
    assert.deepEqual(await postedOf('turn-retry'), [{ type: 'turn-retry', turnId: 't1' }]);
  });
});
