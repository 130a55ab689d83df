/** The panel's bundle in a real browser under the strict policy: typing, streaming, following, and what reaches the host. */

import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import { pressLater } from './laterKey.ts';
import { attachment, chineseAnswer, composer, richAnswer, snapshot, turn } from './samples.ts';
import { usePanel } from './usePanel.ts';

const running = turn('t1', { outcome: { status: 'running' } });
const field = '.composer textarea';

describe('the panel in a browser', () => {
  const panel = usePanel();

  it('says that it has the focus: commands mean the chat used last', async () => {
    const { send, page } = await panel.open();
    await send(snapshot());
    const told = await page.evaluate(() => {
      const { posted } = window as unknown as { posted: { type: string }[] };
      posted.length = 0;
      window.dispatchEvent(new Event('focus'));
      return posted.map(({ type }) => type);
    });
    assert.deepEqual(told, ['view-focus']);
  });

  it('asks for the state first, and renders every state without breaking the policy', async () => {
    const { send, posted, page } = await panel.open();
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
    const { send, page } = await panel.open();
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
    const { send, page } = await panel.open();
    await send(snapshot());
    await page.focus(field);
    await page.keyboard.press('Enter');
    assert.ok(await page.locator('.send').isDisabled());
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    await page.keyboard.press('Enter');
    assert.deepEqual(await panel.postedOf('turn-submit'), [{ type: 'turn-submit', text: 'one\ntwo' }]);
    assert.equal(await page.inputValue(field), '');
  });

  it('leaves the keys of an input method alone', async () => {
    const { send, page } = await panel.open();
    await send(snapshot());
    await page.focus(field);
    const client = await page.context().newCDPSession(page);
    await client.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
    await page.keyboard.press('Enter');
    await client.send('Input.insertText', { text: '你好' });
    assert.deepEqual(await panel.postedOf('turn-submit'), []);
    await pressLater(page, 'Enter');
    assert.equal((await panel.postedOf('turn-submit')).length, 1);
  });

  for (const [name, code] of [
    ['with the code 229', 229],
    ['with the code 13', 13],
  ] as const) {
    it(`does not send on an Enter that comes after the composition it ended, ${name}`, async () => {
      const { send, page } = await panel.open();
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
      assert.deepEqual(await panel.postedOf('turn-submit'), []);
      await page.press(field, 'Enter');
      assert.equal((await panel.postedOf('turn-submit')).length, 1);
    });
  }

  it('stops on Escape and by the button, and keeps the caret', async () => {
    const { send, page } = await panel.open();
    await send(snapshot({ turns: [running] }));
    await page.press('.scroller', 'Escape');
    await page.click('.composer .stop');
    assert.equal((await panel.postedOf('turn-stop')).length, 2);
    await send({ type: 'turn-finish', turnId: 't1', outcome: { status: 'stopped' } });
    assert.ok(await page.locator(field).evaluate((area) => area === document.activeElement));
  });

  it('keeps the draft over a reload, and tells the host', async () => {
    const { send, page } = await panel.open();
    await send(snapshot());
    await page.fill(field, 'half a question');
    assert.deepEqual((await panel.postedOf('draft-change')).at(-1), {
      type: 'draft-change',
      text: 'half a question',
    });
    await page.reload();
    await send(snapshot({ draft: 'half a' }));
    assert.equal(await page.inputValue(field), 'half a question');
  });

  it('touches only the running answer when a delta comes', async () => {
    const { send, page, settle } = await panel.open();
    await send(snapshot({ turns: [turn('t0', { text: richAnswer }), running] }));
    await send({ type: 'turn-delta', turnId: 't1', text: 'first', reasoning: '' });
    await page.locator('pre [class*="hljs"]').first().waitFor();
    await settle();
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
    const { send, page } = await panel.open({ height: 400 });
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
    await panel.settle();
    const top = await page.locator('.scroller').evaluate((box) => box.scrollTop);
    await send({ type: 'turn-delta', turnId: 't1', text: paragraphs, reasoning: '' });
    assert.equal(await page.locator('.scroller').evaluate((box) => box.scrollTop), top);
    await page.click('.jump');
    assert.ok((await distance()) <= 1);
    assert.ok(await page.locator('.jump').isHidden());
  });

  it('hands links and code to the host', async () => {
    const { send, page } = await panel.open({ stillClock: true });
    await send(snapshot({ turns: [turn('t0', { text: '[a](https://a.b/c?d=1)\n\n```\n\tx  \n\n```' })] }));
    const address = page.url();
    await page.click('.answer-text a');
    await page.click('.answer-text a', { button: 'middle' });
    await page.click('.code-copy');
    assert.deepEqual(await panel.postedOf('link-open'), [
      { type: 'link-open', href: 'https://a.b/c?d=1' },
      { type: 'link-open', href: 'https://a.b/c?d=1' },
    ]);
    assert.deepEqual(await panel.postedOf('text-copy'), [{ type: 'text-copy', text: '\tx  \n' }]);
    assert.equal(await page.locator('.code-copy').getAttribute('aria-label'), 'Copied');
    assert.equal(page.url(), address);
  });

  it('chooses a model by keyboard alone', async () => {
    const { send, page } = await panel.open();
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
    assert.deepEqual(await panel.postedOf('model-select'), [
      { type: 'model-select', ref: 'dashscope/yi-large' },
      { type: 'model-select', ref: 'my/own-model' },
    ]);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    assert.ok(await page.locator('.model-button').evaluate((button) => button === document.activeElement));
  });

  it('checks parameters and sends the good ones', async () => {
    const { send, page } = await panel.open();
    await send(snapshot());
    await page.getByRole('button', { name: 'Parameters' }).click();
    await page.fill('#parameter-topP', '1');
    await page.getByText('Must be above 0 and below 1.').waitFor();
    await page.fill('#parameter-topP', '0.3');
    await page.fill('#parameter-stop', 'END');
    await eventually(
      async () => (await panel.postedOf('parameters-change')).at(-1)?.parameters.stop !== undefined,
    );
    assert.deepEqual((await panel.postedOf('parameters-change')).at(-1), {
      type: 'parameters-change',
      parameters: { topP: 0.3, stop: 'END' },
    });
  });

  it('removes attached code by keyboard', async () => {
    const { send, page } = await panel.open();
    await send(snapshot({ composer: { ...composer, attachments: [attachment] } }));
    await page.focus('.composer .chip-open');
    await page.keyboard.press('Delete');
    assert.deepEqual(await panel.postedOf('attachment-remove'), [{ type: 'attachment-remove', id: 'a1' }]);
  });

  it('shows the reasoning that comes after the first words', async () => {
    const { send, page } = await panel.open();
    await send(snapshot({ turns: [running] }), {
      type: 'turn-delta',
      turnId: 't1',
      text: 'So',
      reasoning: '',
    });
    assert.ok(await page.locator('.reasoning').isHidden());
    await send({ type: 'turn-delta', turnId: 't1', text: '', reasoning: 'because' });
    await page.click('.reasoning summary');
    await page.locator('.reasoning-text').filter({ hasText: 'because' }).waitFor();
  });

  const wait = { type: 'turn-wait', turnId: 't1', delayMs: 2600, attempt: 2, reason: 'Too busy' } as const;

  it('counts down to the next try, silently, and can be stopped', async () => {
    const { send, page, pass } = await panel.open({ stillClock: true });
    await send(snapshot({ turns: [running] }));
    await send(wait);
    assert.equal(await page.locator('[role="status"]').textContent(), 'Too busy. Trying again…');
    const heard = await page.evaluateHandle(() => {
      const texts: string[] = [];
      const region = document.querySelector('[role="status"]');
      if (region)
        new MutationObserver(() => texts.push(region.textContent)).observe(region, {
          childList: true,
          characterData: true,
          subtree: true,
        });
      return texts;
    });
    const countdown = page.locator('.countdown');
    for (const [ms, left] of [
      [0, ' in 3 s…'],
      [600, ' in 2 s…'],
      [1000, ' in 1 s…'],
      [999, ' in 1 s…'],
      [1, '…'],
    ] as const) {
      await pass(ms);
      assert.equal(await countdown.textContent(), `Too busy. Trying again${left}`);
    }
    assert.deepEqual(await heard.jsonValue(), []);
    assert.equal(await page.locator('.countdown').evaluate((text) => text.closest('[aria-live]')), null);
    await page.click('.composer .stop');
    assert.equal((await panel.postedOf('turn-stop')).length, 1);
    await send({ type: 'turn-finish', turnId: 't1', outcome: { status: 'stopped' } });
    assert.equal(await page.locator('.countdown').count(), 0);
  });

  it('goes on from the countdown when the answer comes', async () => {
    const { send, page } = await panel.open({ stillClock: true });
    await send(snapshot({ turns: [running] }), wait, { ...wait, attempt: 3, delayMs: 60_000 });
    assert.equal(await page.locator('.countdown').textContent(), 'Too busy. Trying again in 60 s…');
    await send({ type: 'turn-delta', turnId: 't1', text: 'Hello', reasoning: '' });
    assert.equal(await page.locator('.countdown').count(), 0);
    assert.equal(await page.locator('.answer-text').textContent(), 'Hello');
  });

  it('shows a notice above the composer until the host takes it away', async () => {
    const { send, page } = await panel.open();
    const notice = {
      id: 'retired',
      text: 'Qianfan v1 is being retired by its vendor.',
      actions: ['migrate-profile', 'manage-connections'] as const,
    };
    await send(snapshot({ composer: { ...composer, notice } }));
    await page.getByRole('button', { name: 'Migrate to v2' }).click();
    await page.getByRole('button', { name: 'Manage Connections' }).click();
    assert.deepEqual(await panel.postedOf('action-run'), [
      { type: 'action-run', action: 'migrate-profile' },
      { type: 'action-run', action: 'manage-connections' },
    ]);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    assert.deepEqual(await panel.postedOf('notice-dismiss'), [{ type: 'notice-dismiss', id: 'retired' }]);
    assert.ok(await page.locator(field).evaluate((area) => area === document.activeElement));
    await send({ type: 'composer-change', composer });
    assert.equal(await page.locator('.notice-bar').count(), 0);
  });

  it('offers the vendor’s page about an error, and no other kind of address', async () => {
    const { send, page } = await panel.open();
    const failed = (href: string) =>
      turn('t1', {
        outcome: {
          status: 'failed',
          error: {
            kind: 'quota',
            title: 'Used up',
            advice: 'Top up.',
            help: { label: 'About this error', href },
            actions: [],
          },
        },
      });
    await send(snapshot({ turns: [failed('https://help.example/429')] }));
    await page.getByRole('link', { name: 'About this error' }).click();
    assert.deepEqual(await panel.postedOf('link-open'), [
      { type: 'link-open', href: 'https://help.example/429' },
    ]);
    await send(snapshot({ turns: [failed('command:x')] }));
    assert.equal(await page.getByRole('link').count(), 0);
  });

  it('shows what Qiao itself sends as the default, and the limits of stop sequences', async () => {
    const { send, page } = await panel.open();
    const rules = {
      maxOutputTokens: { type: 'integer', min: 1, max: 4000, default: 100 },
      topK: { type: 'integer', min: 1, default: 40 },
      stop: { type: 'stop', maxItems: 4, maxLength: 20 },
    } as const;
    await send(snapshot({ composer: { ...composer, rules, suggested: { maxOutputTokens: 2000 } } }));
    await page.getByRole('button', { name: 'Parameters' }).click();
    assert.equal(await page.getAttribute('#parameter-maxOutputTokens', 'placeholder'), 'Default: 2000');
    assert.equal(await page.getAttribute('#parameter-topK', 'placeholder'), 'Default: 40');
    await page.fill('#parameter-stop', 'a\nb\nc\nd\ne');
    const hint = page.locator('#parameter-stop-hint.wrong');
    assert.equal(await hint.textContent(), 'One per line: at most 4 lines and at most 20 characters each');
    assert.deepEqual(await panel.postedOf('parameters-change'), []);
  });

  it('retries from an error card, and tells a screen reader how it ended', async () => {
    const { send, page } = await panel.open();
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
    assert.deepEqual(await panel.postedOf('turn-retry'), [{ type: 'turn-retry', turnId: 't1' }]);
  });
});
