/** The field takes keys before the panel's script and the first state are there; nothing of it is lost. */

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ViewMessage } from '../../src/chat/common/protocolSchema.ts';
import { commit, compose, pressEnterInComposition } from '../ui/inputMethod.ts';
import { ready } from './contextSamples.ts';
import { composer, snapshot } from './samples.ts';
import { usePanel } from './usePanel.ts';

const field = '.composer textarea';

describe('the field of a panel that is not loaded yet', () => {
  const panel = usePanel();

  /** Opens a panel whose script does not come before `load` is called. `state`: what the page kept. */
  async function openWithoutScript(state?: object): Promise<{ page: Page; load(): Promise<void> }> {
    const { page } = await panel.open({ early: true });
    if (state) await page.evaluate((kept) => sessionStorage.setItem('state', JSON.stringify(kept)), state);
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/\/panel\.js$/, async (route) => {
      await released;
      await route.continue();
    });
    await page.reload({ waitUntil: 'commit' });
    // In the test's page its style sheets are files, which the script in the HTML waits for.
    await page.waitForFunction(() => 'earlyInput' in window);
    return {
      page,
      async load() {
        release();
        await page.waitForFunction(() =>
          (window as unknown as { posted: ViewMessage[] }).posted.some(({ type }) => type === 'view-ready'),
        );
      },
    };
  }

  const submitted = async (): Promise<string[]> =>
    (await panel.postedOf('turn-submit')).map(({ text }) => text);

  it('is there with its texts, has the focus, and takes keys', async () => {
    const { page, load } = await openWithoutScript();
    assert.ok(await panel.hasFocus(field));
    assert.equal(await page.locator(field).getAttribute('placeholder'), 'Ask a question');
    await page.keyboard.type('typed early');
    await load();
    await page.keyboard.type(', and on');
    await panel.send(snapshot());
    await page.keyboard.type(', and later');
    assert.equal(await page.inputValue(field), 'typed early, and on, and later');
    assert.ok(await panel.hasFocus(field));
    assert.ok(await page.locator('.send').isEnabled());
  });

  it('keeps caret and undo', async () => {
    const { page, load } = await openWithoutScript();
    await page.keyboard.type('one three');
    for (let letter = 0; letter < 5; letter++) await page.keyboard.press('ArrowLeft');
    await load();
    await panel.send(snapshot());
    await page.keyboard.type('two ');
    assert.equal(await page.inputValue(field), 'one two three');
    await page.keyboard.press('ControlOrMeta+z');
    await page.keyboard.press('ControlOrMeta+z');
    assert.ok(!(await page.inputValue(field)).includes('three'), await page.inputValue(field));
  });

  it('does not end a composition, and its Enter sends nothing', async () => {
    const { page, load } = await openWithoutScript();
    await compose(page, ['n', 'ni']);
    await pressEnterInComposition(page);
    await load();
    // The host's draft would change the text.
    await panel.send(snapshot({ draft: 'from the host' }));
    await pressEnterInComposition(page);
    await compose(page, ['nihao']);
    assert.equal(await page.inputValue(field), 'nihao');
    await commit(page, '你好');
    await page.waitForFunction((selector) => {
      const area = document.querySelector<HTMLTextAreaElement>(selector);
      return area?.value === 'from the host\n\n你好';
    }, field);
    assert.deepEqual(await submitted(), []);
  });

  it('sends what was entered when the state is there, once, and keeps what was typed after', async () => {
    const { page, load } = await openWithoutScript();
    await page.keyboard.press('Enter');
    await page.keyboard.type('first $& line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second');
    await page.keyboard.press('Enter');
    assert.equal(await page.inputValue(field), '');
    assert.equal(
      await page.locator('.composer-message').textContent(),
      'Qiao is starting and will then send: first $& line\nsecond',
    );
    await load();
    await page.keyboard.type('next');
    assert.deepEqual(await submitted(), []);
    await panel.send(snapshot());
    assert.deepEqual(await submitted(), ['first $& line\nsecond']);
    assert.equal(await page.inputValue(field), 'next');
    assert.equal((await panel.postedOf('draft-change')).at(-1)?.text, 'next');
    assert.equal((await page.locator('.composer-message').textContent())?.trim(), '');
    await page.keyboard.press('Enter');
    assert.deepEqual(await submitted(), ['first $& line\nsecond', 'next']);
  });

  it('sends a question that was entered before the state, but after the script', async () => {
    const { page } = await panel.open({ early: true });
    await page.focus(field);
    await page.keyboard.type('soon');
    await page.keyboard.press('Enter');
    await panel.send(snapshot());
    assert.deepEqual(await submitted(), ['soon']);
    assert.equal(await page.inputValue(field), '');
  });

  it('gets back a question that must not be sent', async () => {
    const { page, load } = await openWithoutScript();
    await page.keyboard.type('Look');
    await page.keyboard.press('Enter');
    await page.keyboard.type('more');
    const blocked = ready({ id: 'b' }, { blockReason: 'It is secret.' });
    await load();
    await panel.send(snapshot({ composer: { ...composer, attachments: [blocked] } }));
    assert.deepEqual(await submitted(), []);
    assert.equal(await page.inputValue(field), 'Look\n\nmore');
    assert.match((await page.locator('.composer-message').textContent()) ?? '', /Not sent/);
  });

  it('shows the draft of the last session at once, and merges with that of the host', async () => {
    const { page, load } = await openWithoutScript({ draft: 'kept', draftTold: true });
    assert.equal(await page.inputValue(field), 'kept');
    await page.keyboard.type(' and typed');
    await load();
    await panel.send(snapshot({ draft: 'kept' }));
    assert.equal(await page.inputValue(field), 'kept and typed');
    assert.equal((await panel.postedOf('draft-change')).at(-1)?.text, 'kept and typed');
  });

  it('shows what the host has, where the draft of the last session is out of date', async () => {
    const { page, load } = await openWithoutScript({ draft: 'sent elsewhere', draftTold: true });
    await load();
    await panel.send(snapshot({ draft: '' }));
    assert.equal(await page.inputValue(field), '');
  });

  it('tells the host no draft before it knows the host’s', async () => {
    const { page, load } = await openWithoutScript();
    await load();
    await page.keyboard.type('early');
    assert.deepEqual(await panel.postedOf('draft-change'), []);
    await panel.send(snapshot({ draft: 'unsent' }));
    assert.equal(await page.inputValue(field), 'unsent\n\nearly');
  });

  it('has it all again when the page is loaded once more, and sends nothing then', async () => {
    const { page } = await openWithoutScript();
    await page.keyboard.type('entered');
    await page.keyboard.press('Enter');
    await page.keyboard.type('typed');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.reload();
    await panel.send(snapshot());
    assert.equal(await page.inputValue(field), 'entered\n\ntyped');
    assert.deepEqual(await submitted(), []);
  });
});
