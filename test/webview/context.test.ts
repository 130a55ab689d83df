/** Context and slash commands in a real browser under the strict policy: the lists, the chips, what is dropped and pasted. */

import assert from 'node:assert/strict';
import type { ComposerState, HostMessage } from '../../src/chat/common/protocol.ts';
import type { ViewMessage } from '../../src/chat/common/protocolSchema.ts';
import { commit, compose, pressEnterInComposition } from '../ui/inputMethod.ts';
import { accessibilityViolations } from './accessibility.ts';
import {
  attachmentsOfAllKinds,
  blockedAttachment,
  commands,
  contextFiles,
  contextMenu,
  ready,
  withAttachments,
} from './contextSamples.ts';
import { pressLater } from './laterKey.ts';
import { mainThreadTime } from './mainThread.ts';
import type { OpenOptions, PanelPage } from './panelPage.ts';
import { attachment, composer, conversation, snapshot, turn } from './samples.ts';
import { type ThemeName, themesToCheck } from './themes.ts';
import { usePanel } from './usePanel.ts';

const field = '.composer-box textarea';
const options = '.suggestions [role="option"]';

const withState = (fields: Partial<ComposerState>): HostMessage =>
  snapshot({ composer: { ...composer, commands, ...fields } });

describe('context in a browser', () => {
  const panel = usePanel();

  async function open(message: HostMessage = withState({}), size?: OpenOptions): Promise<PanelPage> {
    // The panel does not wait for ever for what the tests answer.
    await panel.open({ stillClock: true, ...size });
    await panel.send(message);
    await panel.page.focus(field);
    return panel;
  }

  const type = (text: string) => panel.page.keyboard.type(text);
  const press = async (...keys: string[]) => {
    for (const key of keys) await panel.page.keyboard.press(key);
  };
  const value = () => panel.page.inputValue(field);
  const searches = async () => (await panel.postedOf('context-search')).map(({ query }) => query);
  const results = (query: string, items = contextFiles): Promise<void> =>
    panel.send({ type: 'context-results', query, items });
  const labels = () => panel.page.locator(`${options} .suggestion-label`).allTextContents();
  const isOpen = () => panel.page.locator('.suggestions').isVisible();
  const active = () =>
    panel.page.evaluate((selector) => {
      const id = document.querySelector(selector)?.getAttribute('aria-activedescendant');
      return id ? document.getElementById(id)?.querySelector('.suggestion-label')?.textContent : undefined;
    }, field);
  const message = async () => (await panel.page.locator('.composer-message').textContent())?.trim();

  /** Lists what `text` ends with, as the host would. */
  async function offer(text: string, items = contextFiles): Promise<void> {
    await type(text);
    await results('', contextMenu);
    await results(/#(\S*)$/.exec(text)?.[1] ?? '', items);
  }

  describe('the list of #', () => {
    it('offers what the host finds, with the matching letters in bold', async () => {
      const { page } = await open();
      await type('why #');
      assert.deepEqual(await searches(), ['']);
      await results('', contextMenu);
      assert.equal((await labels())[0], 'Selection');
      await type('cart');
      await results('c', []);
      await results('cart');
      assert.deepEqual(
        await labels(),
        contextFiles.map(({ label }) => label),
      );
      assert.deepEqual(await page.locator(`${options} b`).allTextContents(), [
        'cart',
        'cart',
        'Cart',
        'Cart',
      ]);
    });

    it('asks one thing at a time, the newest, and ignores what came too late', async () => {
      await open();
      await type('#cart');
      assert.deepEqual(await searches(), ['']);
      await results('', contextMenu);
      assert.deepEqual(await searches(), ['', 'cart']);
      assert.deepEqual(await labels(), []);
      await type('s');
      await results('cart');
      assert.deepEqual(await labels(), []);
      assert.deepEqual(await searches(), ['', 'cart', 'carts']);
      await results('carts', contextFiles.slice(0, 1));
      assert.deepEqual(await labels(), ['cart.ts']);
    });

    it('does not wait for ever for an answer that got lost', async () => {
      const { pass } = await open();
      await type('#ca');
      await pass(999);
      assert.deepEqual(await searches(), ['']);
      await pass(1);
      assert.deepEqual(await searches(), ['', 'ca']);
    });

    it('takes the place of what it had when more is found, and stays at the chosen line', async () => {
      await open();
      await offer('#cart', contextFiles.slice(0, 2));
      await press('ArrowDown');
      assert.equal(await active(), 'cart.test.ts');
      await results('cart', contextFiles.toReversed());
      assert.equal(await active(), 'cart.test.ts');
    });

    it('stays at the first line that was moved to, and says that files are still being listed', async () => {
      const { page } = await open();
      const partial = (query: string, items = contextFiles): Promise<void> =>
        panel.send({ type: 'context-results', query, items, isPartial: true });
      const line = () => page.locator('.suggestions .empty').allTextContents();
      await type('#cart');
      await results('', contextMenu);
      await partial('cart', []);
      assert.deepEqual(await line(), ['Listing files…']);
      await partial('cart', contextFiles.slice(0, 2));
      assert.deepEqual([await line(), (await labels()).length], [['Listing files…'], 2]);
      await press('ArrowDown', 'ArrowUp');
      const chosen = await active();
      assert.equal(chosen, contextFiles[0]?.label);
      await partial('cart', contextFiles.toReversed());
      assert.equal(await active(), chosen);
      await results('cart', contextFiles.toReversed());
      assert.deepEqual([await line(), await active()], [[], chosen]);
    });

    it('goes up and down, round and by pages', async () => {
      await open();
      await offer('#cart');
      assert.equal(await active(), 'cart.ts');
      await press('ArrowUp');
      assert.equal(await active(), 'CartRepository');
      await press('ArrowDown', 'ArrowDown');
      assert.equal(await active(), 'cart.test.ts');
      await press('PageDown');
      assert.equal(await active(), 'CartRepository');
      await press('PageUp');
      assert.equal(await active(), 'cart.ts');
      assert.equal(await value(), '#cart');
    });

    for (const key of ['Enter', 'Tab'])
      it(`attaches the chosen line on ${key} and takes the word out of the text, undone in one step`, async () => {
        await open();
        await type('why  is it');
        for (let step = 0; step < 6; step++) await press('ArrowLeft');
        await offer('#cart');
        await press('ArrowDown', key);
        assert.deepEqual(await panel.postedOf('context-pick'), [{ type: 'context-pick', id: 'f2' }]);
        assert.equal(await value(), 'why is it');
        assert.ok(await panel.hasFocus(field));
        assert.equal(await isOpen(), false);
        assert.deepEqual(await panel.postedOf('turn-submit'), []);
        await press('Control+z');
        assert.equal(await value(), 'why #cart is it');
        assert.equal(await isOpen(), false);
      });

    it('attaches what is clicked', async () => {
      const { page } = await open();
      await offer('#cart');
      await page.locator(options).nth(3).click();
      assert.deepEqual(await panel.postedOf('context-pick'), [{ type: 'context-pick', id: 'f4' }]);
      assert.equal(await value(), '');
      assert.ok(await panel.hasFocus(field));
    });

    it('chooses the best answer when Enter comes before it, and sends nothing', async () => {
      await open();
      await type('#cart');
      await press('Enter');
      await results('', contextMenu);
      assert.deepEqual(await panel.postedOf('context-pick'), []);
      await results('cart');
      assert.deepEqual(await panel.postedOf('context-pick'), [{ type: 'context-pick', id: 'f1' }]);
      assert.deepEqual(await panel.postedOf('turn-submit'), []);
    });

    it('closes on Escape alone, and does not come back while the word is typed on', async () => {
      const running = [turn('t1', { outcome: { status: 'running' } })];
      await open(snapshot({ turns: running }));
      await offer('#cart');
      await press('Escape');
      assert.equal(await isOpen(), false);
      assert.equal(await value(), '#cart');
      assert.deepEqual(await panel.postedOf('turn-stop'), []);
      await type('s');
      assert.equal(await isOpen(), false);
      await type(' #');
      await results('', contextMenu);
      assert.equal(await isOpen(), true);
    });

    it('closes when the caret or the focus goes elsewhere', async () => {
      const { page } = await open();
      await offer('a #cart');
      await press('Home');
      assert.equal(await isOpen(), false);
      await press('End');
      await offer(' #cart');
      await page.focus('.model-button');
      assert.equal(await isOpen(), false);
      assert.equal(await value(), 'a #cart #cart');
    });

    for (const text of ['C#', 'page#part', '# ', '## ', 'x#1', '/a#', '&#39;'])
      it(`is not in the way of ${JSON.stringify(text)}`, async () => {
        await open(snapshot());
        await type(text);
        assert.equal(await isOpen(), false);
        await type('x');
        await press('Enter');
        assert.deepEqual(await panel.postedOf('turn-submit'), [{ type: 'turn-submit', text: `${text}x` }]);
      });

    for (const text of ['看看#', '(#', '中文，#', '请看＃'])
      it(`opens after ${text}`, async () => {
        await open();
        await panel.page.keyboard.insertText(text.slice(0, -1));
        await type(text.slice(-1));
        await results('', contextMenu);
        assert.equal(await isOpen(), true);
        await press('Enter');
        assert.equal(await value(), text.slice(0, -1));
      });

    it('leaves Enter to a number, which may be that of an issue', async () => {
      await open();
      await offer('see #12');
      assert.equal(await active(), undefined);
      await press('Enter');
      assert.deepEqual(await panel.postedOf('turn-submit'), [{ type: 'turn-submit', text: 'see #12' }]);
    });

    it('says calmly that nothing was found, and leaves Enter alone then', async () => {
      const { page } = await open();
      await offer('#xyz', []);
      assert.equal(await page.locator('.suggestions .empty').textContent(), 'Nothing found');
      assert.equal(await page.getAttribute(field, 'aria-activedescendant'), null);
      await press('Enter');
      assert.deepEqual(await panel.postedOf('turn-submit'), [{ type: 'turn-submit', text: '#xyz' }]);
    });

    it('says that it searches only when that takes a while', async () => {
      const { page, pass } = await open();
      await type('#');
      await pass(149);
      assert.equal(await page.locator('.suggestions .empty').count(), 0);
      await pass(1);
      assert.ok(await page.getByText('Searching…').isVisible());
      await results('', contextMenu);
      assert.equal(await page.getByText('Searching…').count(), 0);
    });

    it('does not open for what is pasted or recalled', async () => {
      await open(snapshot({ turns: [turn('t1', { question: 'fix #cart' })] }));
      await press('ArrowUp');
      assert.equal(await value(), 'fix #cart');
      assert.equal(await isOpen(), false);
    });

    it('is read out: the field names the list and its active line while it is open, and the count is said', async () => {
      const { page } = await open();
      assert.equal(await page.getAttribute(field, 'aria-autocomplete'), null);
      await offer('#cart');
      assert.equal(await page.getAttribute(field, 'aria-autocomplete'), 'list');
      const list = await page.getAttribute(field, 'aria-controls');
      assert.equal(await page.locator(`#${list}`).getAttribute('role'), 'listbox');
      assert.equal(await page.locator('.suggest-place [aria-live="polite"]').textContent(), '5 suggestions');
      assert.equal(await page.locator(`${options}[aria-selected="true"]`).count(), 1);
      await press('Escape');
      assert.equal(await page.getAttribute(field, 'aria-autocomplete'), null);
      assert.equal(await page.getAttribute(field, 'aria-activedescendant'), null);
    });
  });

  describe('input methods', () => {
    it('search for what was composed, and choose nothing meanwhile', async () => {
      const { page } = await open();
      await type('#');
      await results('', contextMenu);
      await compose(page, ['g', 'gou', 'gouwu']);
      await pressEnterInComposition(page);
      assert.deepEqual(await searches(), ['']);
      assert.deepEqual(await panel.postedOf('context-pick'), []);
      await commit(page, '购物');
      assert.deepEqual(await searches(), ['', '购物']);
      await results('购物', contextFiles.slice(3, 4));
      await pressLater(page, 'Enter');
      assert.deepEqual(await panel.postedOf('context-pick'), [{ type: 'context-pick', id: 'f4' }]);
      assert.equal(await value(), '');
      assert.deepEqual(await panel.postedOf('turn-submit'), []);
    });

    it('find commands by a word of their description', async () => {
      const { page } = await open();
      await type('/');
      await compose(page, ['s', 'shen']);
      assert.equal((await labels()).length, commands.length);
      await commit(page, '审查');
      assert.deepEqual(await labels(), ['/review']);
    });
  });

  describe('the button', () => {
    it('opens the same list in the text, and takes its sign back when nothing is chosen', async () => {
      const { page } = await open();
      await type('why');
      const button = page.getByRole('button', { name: 'Add Context… (#)' });
      await button.click();
      assert.equal(await value(), 'why #');
      await results('', contextMenu);
      assert.equal(await button.getAttribute('aria-expanded'), 'true');
      assert.ok(await panel.hasFocus(field));
      await button.click();
      assert.equal(await isOpen(), false);
      assert.equal((await value()).trim(), 'why');
      await button.click();
      await results('', contextMenu);
      await press('Enter');
      assert.deepEqual(await panel.postedOf('context-pick'), [{ type: 'context-pick', id: 'selection' }]);
      assert.equal((await value()).trim(), 'why');
      await button.focus();
      await press('Enter');
      assert.ok(await panel.hasFocus(field));
      await page.focus('.model-button');
      assert.equal((await value()).trim(), 'why');
    });

    it('leaves selected text alone', async () => {
      const { page } = await open();
      await type('why');
      await press('Control+a');
      await page.getByRole('button', { name: 'Add Context… (#)' }).click();
      assert.equal(await value(), 'why #');
    });
  });

  describe('the list of /', () => {
    it('offers commands whose name begins with, holds, or whose description holds what is typed', async () => {
      const { page } = await open();
      await type('/');
      assert.deepEqual(await labels(), ['/explain', '/fix', '/review', '/release-notes', '/clear']);
      assert.deepEqual(await page.locator('.suggestion-badge').allTextContents(), ['workspace', 'yours']);
      await type('e');
      assert.deepEqual(await labels(), ['/explain', '/review', '/release-notes', '/clear', '/fix']);
      assert.deepEqual(await searches(), []);
    });

    it('offers a command that comes while its name is being typed', async () => {
      await open();
      await type('/hai');
      assert.deepEqual(await labels(), []);
      const haiku = { name: 'haiku', description: 'A poem', source: 'workspace', local: false } as const;
      const composerNow = { ...composer, commands: [...commands, haiku], attachments: [] };
      await panel.send({ type: 'composer-change', composer: composerNow });
      assert.deepEqual(await labels(), ['/haiku']);
    });

    it('completes, shows what the command does, and Enter sends', async () => {
      const { page } = await open();
      await type('/ex');
      await press('Enter');
      assert.equal(await value(), '/explain ');
      assert.deepEqual(await panel.postedOf('turn-submit'), []);
      const hint = page.locator('.composer-command');
      assert.equal(await hint.textContent(), '/explain Explain the selected code');
      await type('briefly');
      await press('Enter');
      assert.deepEqual(await panel.postedOf('turn-submit'), [
        { type: 'turn-submit', text: '/explain briefly' },
      ]);
      assert.equal(await hint.textContent(), '');
    });

    it('lets Enter complete a command that is typed to its end, and the second run it', async () => {
      await open();
      await type('/clear');
      await press('Enter');
      assert.equal(await value(), '/clear ');
      assert.deepEqual(await panel.postedOf('turn-submit'), []);
      await press('Enter');
      assert.deepEqual(await panel.postedOf('turn-submit'), [{ type: 'turn-submit', text: '/clear ' }]);
    });

    it('reads the slash of a Chinese keyboard', async () => {
      await open();
      await type('、fi');
      await press('Tab');
      assert.equal(await value(), '/fix ');
    });

    for (const text of ['/usr/bin', '/xyz', 'a /', '// '])
      it(`is not in the way of ${text}`, async () => {
        await open();
        await type(text);
        assert.equal(await isOpen(), false);
        await press('Enter');
        assert.deepEqual(await panel.postedOf('turn-submit'), [{ type: 'turn-submit', text }]);
      });

    it('comes back when a letter is taken back', async () => {
      await open();
      await type('/exq');
      assert.equal(await isOpen(), false);
      await press('Backspace');
      assert.deepEqual(await labels(), ['/explain']);
    });

    it('emphasises the command of a question that was asked, and only a command', async () => {
      const turns = [turn('t1', { question: '/explain briefly' }), turn('t2', { question: '/tmp is full' })];
      const { page } = await open(snapshot({ composer: { ...composer, commands }, turns }));
      assert.deepEqual(await page.locator('.question-command').allTextContents(), ['/explain']);
      assert.deepEqual(await page.locator('.question-text').allTextContents(), [
        '/explain briefly',
        '/tmp is full',
      ]);
    });
  });

  describe('chips', () => {
    const attachmentItem = (id: string) => panel.page.locator(`.composer .chip[data-id="${id}"]`);

    it('show kind, name, lines and size, with the whole story in the tooltip', async () => {
      await open(withState({ attachments: attachmentsOfAllKinds }));
      assert.equal(
        (await attachmentItem('k2').textContent())?.replaceAll(/\s+/g, ' ').trim(),
        'cart.ts≈1.2K',
      );
      const title = await attachmentItem('k2').locator('.chip-open').getAttribute('title');
      assert.match(title ?? '', /^Open src\/cart\.ts\nAbout 1,234 tokens\n/);
      assert.match(
        (await attachmentItem('k6').locator('.chip-open').getAttribute('title')) ?? '',
        /slash command/,
      );
      assert.match(
        (await attachmentItem('k1').locator('.chip-open').getAttribute('title')) ?? '',
        /Follows the editor/,
      );
    });

    it('are gone through by arrow keys, one of them in the order of Tab', async () => {
      const { page } = await open(withState({ attachments: attachmentsOfAllKinds }));
      await press('Shift+Tab');
      assert.ok(await panel.hasFocus('.chip[data-id="k1"] .chip-open'));
      await press('ArrowRight', 'ArrowRight');
      assert.ok(await panel.hasFocus('.chip[data-id="k3"] .chip-open'));
      await press('Enter');
      assert.deepEqual(await panel.postedOf('attachment-open'), [{ type: 'attachment-open', id: 'k3' }]);
      await press('Delete');
      assert.deepEqual(await panel.postedOf('attachment-remove'), [{ type: 'attachment-remove', id: 'k3' }]);
      await panel.send(withAttachments(attachmentsOfAllKinds.filter(({ id }) => id !== 'k3')));
      assert.ok(await panel.hasFocus('.chip[data-id="k4"] .chip-open'));
      await press('Tab');
      assert.ok(await panel.hasFocus(field));
      await press('Shift+Tab');
      assert.ok(await panel.hasFocus('.chip[data-id="k4"] .chip-open'));
      await press('End');
      assert.ok(await panel.hasFocus('.chip[data-id="k10"] .chip-open'));
      assert.equal(await page.locator('.composer .chip-open[tabindex="0"]').count(), 1);
    });

    it('give the caret back to the text when the last one is removed', async () => {
      await open(withState({ attachments: [attachment] }));
      await press('Shift+Tab', 'Backspace');
      assert.ok(await panel.hasFocus(field));
    });

    it('have a menu, by key and by the second button of the mouse', async () => {
      const { page } = await open(withState({ attachments: attachmentsOfAllKinds }));
      await press('Shift+Tab', 'Shift+F10');
      assert.deepEqual(await page.locator('.menu:popover-open .menu-item').allTextContents(), [
        'Open',
        'Pin as It Is Now',
        'Read Again',
        'Remove',
      ]);
      await press('ArrowDown', 'Enter');
      assert.deepEqual(await panel.postedOf('attachment-change'), [
        { type: 'attachment-change', action: 'pin', id: 'k1' },
      ]);
      await attachmentItem('k5').click({ button: 'right' });
      assert.deepEqual(await page.locator('.menu:popover-open .menu-item').allTextContents(), [
        'Read Again',
        'Remove',
      ]);
      await page.locator('.menu:popover-open .menu-item').first().click();
      assert.deepEqual((await panel.postedOf('attachment-change')).at(-1), {
        type: 'attachment-change',
        action: 'refresh',
        id: 'k5',
      });
    });

    it('do not move when their buttons come', async () => {
      await open(withState({ attachments: attachmentsOfAllKinds }));
      const box = async () => (await attachmentItem('k2').boundingBox())?.width;
      const before = await box();
      await attachmentItem('k2').hover();
      assert.equal(await box(), before);
      const parts = await attachmentItem('k2').evaluate((element) =>
        ['.chip-more', '.chip-remove', '.chip-name'].map((part) => {
          const { left, right } = element.querySelector(part)?.getBoundingClientRect() ?? new DOMRect();
          return [left, right] as const;
        }),
      );
      const [more = [0, 0], remove = [0, 0], name = [0, 0]] = parts;
      assert.ok(name[1] <= more[0] && more[1] <= remove[0], JSON.stringify(parts));
    });

    it('scroll after three rows', async () => {
      const many = Array.from({ length: 40 }, (_, index) =>
        ready({ id: `m${index}`, name: `file${index}.ts` }),
      );
      const { page } = await open(withState({ attachments: many }));
      const list = page.locator('.composer .chips');
      assert.ok(((await list.boundingBox())?.height ?? 0) <= 78);
      await press('Shift+Tab', 'End');
      const inSight = await attachmentItem('m39').evaluate((element) => {
        const frame = element.parentElement?.getBoundingClientRect();
        return !!frame && element.getBoundingClientRect().bottom <= frame.bottom + 1;
      });
      assert.ok(inSight);
    });

    it('of the transcript can only be opened', async () => {
      const [, file, , , problems] = attachmentsOfAllKinds;
      assert.ok(file && problems);
      const sent = [file, problems].map(({ ready: _ready, ...view }) => view);
      const { page } = await open(snapshot({ turns: [turn('t1', { attachments: sent })] }));
      assert.equal(await page.locator('.turn .chip').count(), 2);
      assert.equal(await page.locator('.turn .chip button').count(), 1);
      await page.locator('.turn .chip button').click();
      assert.deepEqual(await panel.postedOf('attachment-open'), [{ type: 'attachment-open', id: 'k2' }]);
    });
  });

  describe('what is held back', () => {
    it('is not sent before the user says so', async () => {
      const { page, send } = await open(withState({ attachments: [blockedAttachment] }));
      await type('look');
      await press('Enter');
      assert.deepEqual(await panel.postedOf('turn-submit'), []);
      assert.equal(await value(), 'look');
      assert.equal(
        await message(),
        'Not sent because of “.env”. Held back: files of this name often hold passwords or keys. Send it anyway or remove it.',
      );
      assert.match(
        (await page.locator('.chip.held .chip-open').getAttribute('aria-label')) ?? '',
        /Held back: files of this name/,
      );
      await send({
        type: 'context-change',
        context: { tokens: 3, exact: false, omittedTurns: 0, summarising: false },
      });
      assert.match((await message()) ?? '', /Not sent/);
      await page.getByRole('button', { name: 'Send .env anyway' }).click();
      assert.deepEqual(await panel.postedOf('attachment-change'), [
        { type: 'attachment-change', action: 'confirm', id: 'held' },
      ]);
      await send(withAttachments([ready({ ...blockedAttachment, ready: undefined })]));
      assert.equal(await message(), '');
      await page.focus(field);
      await press('Enter');
      assert.deepEqual(await panel.postedOf('turn-submit'), [{ type: 'turn-submit', text: 'look' }]);
    });

    it('says that it is in the conversation already, instead of its size', async () => {
      const repeated = ready({ id: 'r', tokens: 40 }, { implicit: true, repeated: true });
      const { page, send } = await open(withState({ attachments: [] }));
      await send({ type: 'attachments-change', attachments: [repeated] });
      const chip = page.locator('.chip[data-id="r"]');
      assert.equal((await chip.locator('.chip-tokens').textContent())?.trim(), '');
      assert.equal(await chip.locator('.chip-tokens .codicon-check').count(), 1);
      assert.match((await chip.locator('.chip-open').getAttribute('title')) ?? '', /Already in this chat/);
    });

    it('is left behind when it merely follows the editor, and does not stop a command that sends nothing', async () => {
      const live = ready({ id: 'l' }, { implicit: true, blockReason: 'Held back.' });
      const { send } = await open(withState({ attachments: [live] }));
      await type('go');
      await press('Enter');
      assert.equal((await panel.postedOf('turn-submit')).length, 1);
      await send(withAttachments([blockedAttachment]));
      await type('/clear');
      // The first completes it.
      await press('Enter');
      await press('Enter');
      assert.deepEqual((await panel.postedOf('turn-submit')).at(-1), {
        type: 'turn-submit',
        text: '/clear ',
      });
    });

    it('is an image as well, when the model does not see any', async () => {
      const image = ready({ id: 'i', kind: 'image', name: 'a.png' });
      const { send } = await open(withState({ attachments: [image], imageInput: false }));
      await type('what is this');
      await press('Enter');
      assert.match((await message()) ?? '', /^Qwen2 72B Instruct does not see images\./);
      assert.equal(await value(), 'what is this');
      await send(withAttachments([image], true));
      assert.equal(await message(), '');
      await press('Enter');
      assert.equal((await panel.postedOf('turn-submit')).length, 1);
    });
  });

  describe('dropping and pasting', () => {
    interface Carried {
      data?: Record<string, string>;
      files?: { name: string; type: string; size?: number }[];
    }

    /** Drops on the transcript, or pastes into the field, what a script can make of it. */
    const hand = (event: 'drop' | 'dragover' | 'paste', carried: Carried) =>
      panel.page.evaluate(
        ({ event, data = {}, files = [], field }) => {
          const dataTransfer = new DataTransfer();
          for (const [format, text] of Object.entries(data)) dataTransfer.setData(format, text);
          for (const { name, type, size = 3 } of files)
            dataTransfer.items.add(new File([new Uint8Array(size)], name, { type }));
          const common = { bubbles: true, cancelable: true };
          return event === 'paste'
            ? document
                .querySelector(field)
                ?.dispatchEvent(new ClipboardEvent('paste', { ...common, clipboardData: dataTransfer }))
            : document
                .querySelector('.conversation')
                ?.dispatchEvent(new DragEvent(event, { ...common, dataTransfer }));
        },
        { event, ...carried, field },
      );

    it('attaches files of the Explorer, each once', async () => {
      await open();
      const list =
        'file:///shop/cart.ts\r\n# a comment\r\nvscode-remote://wsl/shop/%E8%B4%AD.ts\r\nfile:///shop/cart.ts';
      await hand('drop', { data: { 'application/vnd.code.uri-list': list, 'text/plain': 'cart.ts' } });
      assert.deepEqual(await panel.postedOf('context-drop'), [
        { type: 'context-drop', uris: ['file:///shop/cart.ts', 'vscode-remote://wsl/shop/%E8%B4%AD.ts'] },
      ]);
      assert.ok(await panel.hasFocus(field));
    });

    it('shows a zone with a hint while they hang over it', async () => {
      const { page, pass } = await open();
      await hand('dragover', { data: { 'text/uri-list': 'file:///a' } });
      await pass(699);
      assert.ok(await page.getByText('Keep Shift held while you drop.').isVisible());
      await pass(1);
      assert.ok(await page.locator('.drop-zone').isHidden());
      assert.equal(await hand('dragover', { data: { 'text/plain': 'words' } }), true);
      assert.ok(await page.locator('.drop-zone').isHidden());
    });

    it('attaches images from outside, and says what to do about the rest', async () => {
      const { page } = await open();
      await hand('drop', {
        files: [
          { name: 'a.png', type: 'image/png' },
          { name: 'b.pdf', type: 'application/pdf' },
        ],
      });
      await page.locator('.composer-message div').waitFor();
      assert.deepEqual(await panel.postedOf('image-add'), [
        { type: 'image-add', name: 'a.png', mimeType: 'image/png', data: 'AAAA' },
      ]);
      assert.match((await message()) ?? '', /^“b\.pdf” comes from outside VS Code/);
    });

    it('says when there is nothing to attach', async () => {
      await open();
      await hand('drop', { data: { 'text/uri-list': 'https://example.com/' } });
      assert.match((await message()) ?? '', /^Nothing to add was dropped/);
      assert.deepEqual(await panel.postedOf('context-drop'), []);
    });

    it('attaches a pasted image, and leaves text alone', async () => {
      const { page } = await open();
      const image = [{ name: 'image.png', type: 'image/png' }];
      assert.equal(await hand('paste', { files: image }), false);
      await page.waitForFunction(() =>
        (window as unknown as { posted: ViewMessage[] }).posted.some(({ type }) => type === 'image-add'),
      );
      assert.equal(await hand('paste', { files: image, data: { 'text/plain': 'A1' } }), true);
      assert.equal((await panel.postedOf('image-add')).length, 1);
    });

    it('attaches a long text, leaves the draft alone, and puts it into the field on request', async () => {
      const { page } = await open();
      await page.fill(field, 'Why? ');
      const long = '桥 line\n'.repeat(3000);
      assert.equal(await hand('paste', { data: { 'text/plain': long } }), false);
      const [added] = await panel.postedOf('text-add');
      assert.deepEqual(
        [added?.type === 'text-add' && added.text, await page.inputValue(field)],
        [long, 'Why? '],
      );
      assert.match((await message()) ?? '', /^The text is long: it is attached/);
      await page.getByRole('button', { name: 'Insert as Text' }).click();
      assert.equal(await page.inputValue(field), `Why? ${long}`);
      assert.deepEqual(await panel.postedOf('attachment-remove'), [
        { type: 'attachment-remove', id: added?.type === 'text-add' ? added.id : '' },
      ]);
      assert.equal(await page.locator('.composer-message div').count(), 0);
      assert.equal(await hand('paste', { data: { 'text/plain': long.slice(0, 20_000) } }), true);
    });

    it('takes two megabytes in little time, and only what is allowed of them', async () => {
      const { page } = await open();
      const milliseconds = await mainThreadTime(panel, async () => {
        await hand('paste', { data: { 'text/plain': 'x'.repeat(2 * 2 ** 20) } });
      });
      assert.ok(milliseconds < 500, `${milliseconds} ms`);
      const [added] = await panel.postedOf('text-add');
      assert.equal(added?.type === 'text-add' && added.text.length, 2 ** 20);
      assert.match((await message()) ?? '', /its first 1,048,576 characters/);
      assert.equal(await page.getByRole('button', { name: 'Insert as Text' }).count(), 0);
    });

    it('refuses an image that is too large or of a strange kind', async () => {
      const { page } = await open();
      await hand('paste', { files: [{ name: 'big.png', type: 'image/png', size: 11_000_000 }] });
      await page.locator('.composer-message div').waitFor();
      assert.equal(await message(), '“big.png” has 11.0 MB; an image can have up to 7.3 MB.');
      await hand('paste', { files: [{ name: 'a.bmp', type: 'image/bmp' }] });
      await page.getByText('“a.bmp” cannot be added').waitFor();
      assert.deepEqual(await panel.postedOf('image-add'), []);
    });
  });

  describe('looks', () => {
    const sizes: readonly [width: number, height: number, theme: ThemeName][] = [
      [170, 480, 'high-contrast'],
      [200, 560, 'light'],
      [320, 180, 'dark'],
      [900, 720, 'high-contrast-light'],
    ];
    for (const [width, height, theme] of sizes)
      it(`stays inside of the panel at ${width} × ${height}`, async () => {
        const attachments = [blockedAttachment, ...attachmentsOfAllKinds];
        const { page } = await open(withState({ attachments }), { width, height, theme });
        await offer('#cart');
        const frame = await page.locator('.suggestions').boundingBox();
        assert.ok(frame && frame.x >= 0 && frame.x + frame.width <= width, JSON.stringify(frame));
        assert.ok(frame.height >= 30);
        const wide = await page.evaluate(() =>
          [...document.querySelectorAll('.suggestions, .suggestion, .composer .chip, .chips')]
            .filter(
              (element) =>
                element.getBoundingClientRect().right > window.innerWidth ||
                element.scrollWidth > element.clientWidth + 1,
            )
            .map(({ className }) => className),
        );
        assert.deepEqual(wide, []);
      });

    for (const theme of themesToCheck(['dark', 'light', 'high-contrast']))
      it(`has no barrier in ${theme}`, async () => {
        const attachments = [blockedAttachment, ...attachmentsOfAllKinds];
        const sent = attachments.map(({ ready: _ready, ...view }) => view);
        const { page } = await open(
          snapshot({
            composer: { ...composer, commands, attachments },
            turns: [turn('t1', { question: '/explain', attachments: sent })],
            conversation,
          }),
          // Axe has timers of its own.
          { theme, stillClock: false },
        );
        assert.deepEqual(await accessibilityViolations(page), []);
        await offer('#cart');
        assert.deepEqual(await accessibilityViolations(page), []);
      });

    it('speaks Chinese', async () => {
      const { page } = await open(snapshot({ composer: { ...composer, commands } }), { language: 'zh-cn' });
      await offer('#xyz', []);
      assert.equal(await page.locator('.suggestions .empty').textContent(), '未找到任何内容');
    });
  });
});
