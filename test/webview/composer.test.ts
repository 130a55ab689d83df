/** The composer in a real browser under the strict policy: queue, context, settings, history, input methods, layout. */

import assert from 'node:assert/strict';
import type { ContextView, ConversationView, HostMessage } from '../../src/chat/common/protocol.ts';
import { commit, compose, pressEnterInComposition } from '../ui/inputMethod.ts';
import { pressLater } from './laterKey.ts';
import { attachment, conversation, snapshot, turn } from './samples.ts';
import type { ThemeName } from './themes.ts';
import { usePanel } from './usePanel.ts';

const field = '.composer-box textarea';
const queued = { text: 'And then?\nReally?', attachments: [attachment], held: false };
const context: ContextView = {
  tokens: 3277,
  exact: false,
  limit: 31_268,
  omittedTurns: 0,
  summarising: false,
};
const turns = [
  turn('t0', { question: 'first' }),
  turn('t1', { question: 'second\nwith a line' }),
  turn('t2', { question: 'second\nwith a line' }),
];

describe('the composer in a browser', () => {
  const panel = usePanel();

  const running = (fields: Partial<ConversationView> = {}): HostMessage => {
    const asked = [turn('t0'), turn('t1', { outcome: { status: 'running' } })];
    return snapshot({ turns: asked, conversation: { ...conversation, running: true, ...fields } });
  };

  describe('queue', () => {
    it('takes a question while an answer is coming, and says so', async () => {
      const { send, page } = await panel.open();
      await send(running());
      assert.equal(
        await page.locator('.send').getAttribute('aria-label'),
        'Send When the Answer Is Done (Enter)',
      );
      await page.focus(field);
      await page.keyboard.type('next');
      await page.keyboard.press('Enter');
      assert.deepEqual(await panel.postedOf('turn-submit'), [{ type: 'turn-submit', text: 'next' }]);
      assert.equal(await page.inputValue(field), '');
      assert.ok(await page.locator('.stop').isVisible());
    });

    it('shows what waits in one line, with its attachments and its buttons', async () => {
      const { send, page } = await panel.open();
      await send(running({ queued }));
      const question = page.locator('.queue-question');
      assert.equal(await question.evaluate((line) => Math.round(line.getBoundingClientRect().height)), 18);
      const row = page.getByRole('group', { name: 'Waiting question' });
      assert.match((await row.textContent()) ?? '', /Waits for the running answer.*1 attachment/s);
      await page.focus(field);
      await page.keyboard.type('typed just now');
      await row.getByRole('button', { name: 'Edit' }).click();
      assert.ok(await panel.hasFocus(field));
      const order = (await panel.posted()).map(({ type }) => type);
      assert.ok(order.lastIndexOf('draft-change') < order.indexOf('queue-change'));
      assert.equal((await panel.postedOf('draft-change')).at(-1)?.text, 'typed just now');
      await row.getByRole('button', { name: 'Stop the Answer and Send Now' }).click();
      await row.getByRole('button', { name: 'Remove' }).click();
      assert.deepEqual(
        (await panel.postedOf('queue-change')).map(({ action }) => action),
        ['edit', 'send', 'remove'],
      );
    });

    it('says why a question is still waiting', async () => {
      const { send, page } = await panel.open();
      const status = page.locator('.queue-status > span').first();
      const held = { ...conversation, queued: { ...queued, held: true } };
      const error = { kind: 'network' as const, title: 'No connection', advice: '', actions: [] };
      await send(
        snapshot({ turns: [turn('t0', { outcome: { status: 'failed', error } })], conversation: held }),
      );
      assert.equal(await status.textContent(), 'Not sent yet, because the answer before it did not end well');
      assert.equal(await page.locator('.queue-send').getAttribute('aria-label'), 'Send Now');
      await send(snapshot({ turns: [turn('t0', { outcome: { status: 'stopped' } })], conversation: held }));
      assert.equal(await status.textContent(), 'Waits for you');
    });

    it('keeps the text when one is waiting already, and says it each time', async () => {
      const { send, page } = await panel.open();
      await send(running({ queued }));
      await page.focus(field);
      await page.keyboard.type('a third one');
      const message = page.locator('.composer-message[aria-live="polite"]');
      await page.keyboard.press('Enter');
      assert.match((await message.textContent()) ?? '', /^One question is waiting already\./);
      const first = await message.locator('div').elementHandle();
      await page.keyboard.press('Enter');
      assert.notEqual(await message.locator('div').evaluate((node, before) => node === before, first), true);
      assert.equal(await page.inputValue(field), 'a third one');
      assert.deepEqual(await panel.postedOf('turn-submit'), []);
      await page.keyboard.type('!');
      assert.equal(await message.textContent(), '');
    });

    it('brings a removed question back with the arrow key', async () => {
      const { send, page } = await panel.open();
      await send(running({ queued }));
      await page.click('.queue-remove');
      await send({ type: 'conversation-update', conversation: { ...conversation, running: true } });
      assert.equal(await page.locator('.queue-row').count(), 0);
      await page.keyboard.press('ArrowUp');
      assert.equal(await page.inputValue(field), queued.text);
    });
  });

  describe('drafts', () => {
    it('puts a text that comes back above what has been typed since', async () => {
      const { send, page } = await panel.open();
      await send(snapshot());
      await page.fill(field, 'typed since');
      await send({ type: 'composer-focus', text: 'refused' });
      assert.equal(await page.inputValue(field), 'refused\n\ntyped since');
      assert.equal((await panel.postedOf('draft-change')).at(-1)?.text, 'refused\n\ntyped since');
    });

    it('come back when the view went before the host was told', async () => {
      const { send, page } = await panel.open();
      /** In one breath: the host is told of a second text only after a pause. */
      const typeAndGo = (...texts: string[]) =>
        Promise.all([
          page.waitForEvent('load'),
          page.locator(field).evaluate((area, all) => {
            if (!(area instanceof HTMLTextAreaElement)) return;
            for (const text of all) {
              area.value = text;
              area.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
            }
            location.reload();
          }, texts),
        ]);
      await send(snapshot({ draft: '' }));
      await typeAndGo('one', 'one more');
      await send(snapshot({ draft: 'one' }));
      assert.equal(await page.inputValue(field), 'one more');
      await typeAndGo('another', 'another thing');
      await send(snapshot({ draft: '' }));
      assert.equal(await page.inputValue(field), 'another thing');
    });

    it('keeps a text that is too long to send', async () => {
      const { send, page } = await panel.open();
      await send(snapshot());
      await page.evaluate((selector) => {
        const area = document.querySelector(selector);
        if (!(area instanceof HTMLTextAreaElement)) throw new Error('no field');
        area.value = `${'a'.repeat(99)}\n`.repeat(40_001);
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }, field);
      await page.focus(field);
      await page.keyboard.press('Enter');
      assert.match((await page.locator('.composer-message').textContent()) ?? '', /4000100 characters/);
      assert.deepEqual(await panel.postedOf('turn-submit'), []);
      const { height } = (await page.locator(field).boundingBox()) ?? { height: 0 };
      assert.ok(height > 200 && height <= 0.4 * 720 + 1, String(height));
    });

    it('follows the direction of what is typed', async () => {
      const { send, page } = await panel.open();
      await send(snapshot());
      await page.fill(field, '- שלום');
      assert.equal(await page.locator(field).evaluate((area) => getComputedStyle(area).direction), 'rtl');
    });
  });

  describe('context meter', () => {
    it('is quiet while there is room', async () => {
      const { send, page } = await panel.open();
      await send(snapshot({ turns }), { type: 'context-change', context });
      const button = page.locator('.context-button');
      assert.equal((await button.textContent())?.trim(), '≈ 3.2K / 31K');
      assert.equal(await button.getAttribute('aria-label'), 'Context: ≈ 3,277 of 31,268 tokens');
      assert.equal(await button.locator('.codicon-warning').count(), 0);
    });

    it('counts without ≈ what the platform counted, and without a limit what has none', async () => {
      const { send, page } = await panel.open();
      const { limit: _limit, ...noLimit } = context;
      await send(snapshot(), { type: 'context-change', context: { ...noLimit, exact: true } });
      assert.equal((await page.locator('.context-button').textContent())?.trim(), '3.2K');
      await page.click('.context-button');
      const text = (await page.locator('.context-details').textContent()) ?? '';
      assert.match(
        text,
        /The next request takes 3,277 tokens\. The limit of Qwen2 72B Instruct is not known\./,
      );
      assert.match(text, /As the platform counted\./);
      assert.equal(await page.locator('.context-details vscode-button').count(), 0);
    });

    it('keeps its width while the number grows', async () => {
      const { send, page } = await panel.open();
      await send(snapshot());
      const widths = new Set<number>();
      for (const tokens of [0, 7, 85, 850, 1024, 9999, 12_345, 24_000]) {
        await send({ type: 'context-change', context: { ...context, tokens } });
        widths.add((await page.locator('.context-button').boundingBox())?.width ?? 0);
      }
      assert.equal(widths.size, 1);
    });

    for (const [name, fields] of [
      ['nearly full', { tokens: 25_100 }],
      ['leaving turns out', { omittedTurns: 2 }],
    ] as const) {
      it(`warns with a sign when ${name}`, async () => {
        const { send, page } = await panel.open();
        await send(snapshot({ turns }), { type: 'context-change', context: { ...context, ...fields } });
        assert.equal(await page.locator('.context-button.tight .codicon-warning').count(), 1);
      });
    }

    it('explains itself, makes room, and follows what happens', async () => {
      const { send, page } = await panel.open();
      const tight: ContextView = {
        ...context,
        tokens: 30_000,
        omittedTurns: 2,
        summarisedThroughTurnId: 't0',
        largerModel: { ref: 'dashscope/qwen2-7b-instruct', name: 'Qwen2 7B Instruct' },
      };
      await send(snapshot({ turns, earlier: 4 }), { type: 'context-change', context: tight });
      await page.focus('.context-button');
      await page.keyboard.press('Enter');
      const box = page.getByRole('dialog', { name: 'Context' });
      const text = (await box.textContent()) ?? '';
      for (const part of [
        'about 30,000 tokens',
        'takes up to 31,268',
        'The 2 oldest turns do not fit',
        'A summary stands for the first 5 turns.',
        'Estimated',
      ])
        assert.ok(text.includes(part), part);
      await page.getByRole('button', { name: 'Summarise What Does Not Fit' }).click();
      assert.equal((await panel.postedOf('context-summarise')).length, 1);
      await send({ type: 'context-change', context: { ...tight, summarising: true } });
      assert.ok(await box.getByText('Summarising…').isVisible());
      assert.ok(
        await page.locator('.context-summarise').evaluate((button) => button.hasAttribute('disabled')),
      );
      await send({ type: 'context-change', context });
      assert.equal(await page.locator('.context-summarise').count(), 0);
      await send({ type: 'context-change', context: tight });
      await page.getByRole('button', { name: 'Use Qwen2 7B Instruct' }).click();
      assert.deepEqual(await panel.postedOf('model-select'), [
        { type: 'model-select', ref: 'dashscope/qwen2-7b-instruct' },
      ]);
      assert.ok(await box.isHidden());
      assert.ok(await panel.hasFocus('.context-button'));
    });
  });

  describe('settings of the conversation', () => {
    const prompt = '#system-prompt';

    it('sends the system prompt now and then, and all of it on closing', async () => {
      const { send, page, pass } = await panel.open({ stillClock: true });
      await send(snapshot({ conversation: { ...conversation, systemPrompt: 'Be brief' } }));
      assert.ok(await page.locator('.parameters-button.changed').isVisible());
      await page.click('.parameters-button');
      assert.ok(await panel.hasFocus(prompt));
      assert.equal(await page.inputValue(prompt), 'Be brief');
      await page.keyboard.press('End');
      await page.keyboard.type('. Always');
      await pass(999);
      assert.deepEqual(
        (await panel.postedOf('system-prompt-change')).map(({ text }) => text),
        ['Be brief.'],
      );
      await pass(1);
      await page.keyboard.type(', and in verse');
      assert.deepEqual(
        (await panel.postedOf('system-prompt-change')).map(({ text }) => text),
        ['Be brief.', 'Be brief. Always'],
      );
      await page.keyboard.press('Escape');
      assert.deepEqual((await panel.postedOf('system-prompt-change')).at(-1), {
        type: 'system-prompt-change',
        text: 'Be brief. Always, and in verse',
      });
      assert.ok(await panel.hasFocus('.parameters-button'));
      await page.click('.parameters-button');
      assert.match((await page.locator('.parameters').textContent()) ?? '', /hold for this chat/);
    });

    it('sends nothing that was not changed, and closes when another conversation comes', async () => {
      const { send, page } = await panel.open();
      await send(snapshot({ conversation: { ...conversation, systemPrompt: 'Be brief' } }));
      await page.click('.parameters-button');
      await send({
        type: 'conversation-change',
        conversation: { ...conversation, id: 'c2' },
        turns: [],
        earlier: 0,
        later: 0,
      });
      assert.ok(await page.locator('.composer .popover').isHidden());
      assert.deepEqual(await panel.postedOf('system-prompt-change'), []);
    });
  });

  describe('arrow keys', () => {
    it('recall the questions of the conversation, and go back', async () => {
      const { send, page } = await panel.open();
      await send(snapshot({ turns }));
      await page.focus(field);
      const value = () => page.inputValue(field);
      await page.keyboard.press('ArrowUp');
      assert.equal(await value(), 'second\nwith a line');
      await page.keyboard.press('ArrowUp');
      assert.equal(await value(), 'second\nwith a line', 'the caret goes to the first line');
      await page.keyboard.press('ArrowUp');
      assert.equal(await value(), 'first');
      await page.keyboard.press('ArrowUp');
      assert.equal(await value(), 'first');
      await page.keyboard.press('ArrowDown');
      assert.equal(await value(), 'second\nwith a line');
      await page.keyboard.press('ArrowDown');
      assert.equal(await value(), '');
      await page.keyboard.press('ArrowDown');
      assert.equal(await value(), '');
    });

    it('leave a draft alone, also one that began as a question', async () => {
      const { send, page } = await panel.open();
      await send(snapshot({ turns }));
      await page.focus(field);
      await page.keyboard.type('mine');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.inputValue(field), 'mine');
      await page.fill(field, '');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.type(' changed');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      assert.equal(await page.inputValue(field), 'second\nwith a line changed');
    });
  });

  describe('undo', () => {
    it('takes a recalled question back as one step, and mixes no texts', async () => {
      const { send, page } = await panel.open();
      await send(snapshot({ turns }));
      await page.focus(field);
      const value = () => page.inputValue(field);
      await page.keyboard.type('abc');
      for (let count = 0; count < 3; count++) await page.keyboard.press('Backspace');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ControlOrMeta+z');
      assert.equal(await value(), '');
      await page.keyboard.press('ControlOrMeta+Shift+z');
      assert.equal(await value(), 'second\nwith a line');
      await page.locator(field).blur();
      assert.deepEqual((await panel.postedOf('draft-change')).at(-1), {
        type: 'draft-change',
        text: 'second\nwith a line',
      });
    });

    it('brings back what was sent', async () => {
      const { send, page } = await panel.open();
      await send(snapshot({ turns }));
      await page.focus(field);
      await page.keyboard.type('A question');
      await page.keyboard.press('Enter');
      assert.equal(await page.inputValue(field), '');
      await page.keyboard.press('ControlOrMeta+z');
      assert.equal(await page.inputValue(field), 'A question');
    });
  });

  describe('input methods', () => {
    it('send nothing and recall nothing while they compose a question', async () => {
      const { send, page } = await panel.open();
      await send(snapshot({ turns }));
      await page.focus(field);
      await compose(page, ['n', 'ni']);
      await pressEnterInComposition(page);
      assert.deepEqual(await panel.postedOf('turn-submit'), []);
      await commit(page, '你');
      assert.equal(await page.inputValue(field), '你');
      await pressLater(page, 'Enter');
      assert.deepEqual(await panel.postedOf('turn-submit'), [{ type: 'turn-submit', text: '你' }]);
    });

    it('choose no model', async () => {
      const { send, page } = await panel.open();
      await send(snapshot());
      await page.click('.model-button');
      await compose(page, ['b', 'bai', 'baichuan']);
      await pressEnterInComposition(page);
      assert.deepEqual(await panel.postedOf('model-select'), []);
      await commit(page, '百川');
      assert.equal(await page.inputValue('#model-filter'), '百川');
      assert.equal(
        await page.locator('.option').first().locator('.option-name').textContent(),
        '百川 Baichuan 7B',
      );
      await pressLater(page, 'Enter');
      assert.deepEqual(await panel.postedOf('model-select'), [
        { type: 'model-select', ref: 'dashscope/baichuan-7b-v1' },
      ]);
    });

    for (const [name, selector] of [
      ['a parameter', '#parameter-stop'],
      ['the system prompt', '#system-prompt'],
    ] as const) {
      it(`keep their text and the box while they compose ${name}`, async () => {
        const { send, page } = await panel.open();
        await send(running());
        await page.click('.parameters-button');
        await page.focus(selector);
        await compose(page, ['j', 'jie', 'jieshu']);
        await pressEnterInComposition(page);
        assert.deepEqual(await panel.postedOf('system-prompt-change'), []);
        await commit(page, '结束');
        assert.equal(await page.inputValue(selector), '结束');
        await pressLater(page, 'Escape');
        assert.deepEqual(await panel.postedOf('turn-stop'), []);
        assert.deepEqual(await panel.postedOf('turn-submit'), []);
        const texts = [
          ...(await panel.postedOf('system-prompt-change')).map(({ text }) => text),
          ...(await panel.postedOf('parameters-change')).map(({ parameters }) => parameters.stop),
        ];
        assert.equal(texts.at(-1), '结束');
      });
    }
  });

  describe('keyboard', () => {
    it('reaches everything by Tab, from left to right', async () => {
      const { send, page } = await panel.open();
      await send(running({ queued }), { type: 'context-change', context });
      await page.focus('.queue-send');
      await page.fill(field, 'x');
      await page.focus('.queue-send');
      const reached: string[] = [];
      for (let step = 0; step < 10; step++) {
        reached.push(
          await page.evaluate(
            () => document.activeElement?.className || document.activeElement?.tagName || '',
          ),
        );
        await page.keyboard.press('Tab');
      }
      const names = reached.map((name) => name.replace('icon-button', '').trim());
      assert.deepEqual(names, [
        'queue-send',
        'queue-edit',
        'queue-remove',
        'TEXTAREA',
        '',
        'model-button',
        'parameters-button',
        'context-button',
        'stop',
        'send queue',
      ]);
    });

    it('closes each box on Escape without stopping the answer, and on leaving it', async () => {
      const { send, page } = await panel.open();
      await send(running(), { type: 'context-change', context });
      for (const button of ['.model-button', '.parameters-button', '.context-button']) {
        await page.focus(button);
        await page.keyboard.press('Enter');
        assert.equal(await page.getAttribute(button, 'aria-expanded'), 'true');
        await page.keyboard.press('Escape');
        assert.ok(await page.locator('.composer .popover').isHidden(), button);
        assert.ok(await panel.hasFocus(button), button);
        await page.keyboard.press('Enter');
        await page.focus(field);
        assert.ok(await page.locator('.composer .popover').isHidden(), button);
      }
      assert.deepEqual(await panel.postedOf('turn-stop'), []);
      await page.keyboard.press('Escape');
      assert.equal((await panel.postedOf('turn-stop')).length, 1);
    });

    it('opens and closes each box by mouse, one at a time', async () => {
      const { send, page } = await panel.open();
      await send(running(), { type: 'context-change', context });
      const box = page.locator('.composer .popover');
      const buttons = ['.model-button', '.parameters-button', '.context-button'];
      const open = () =>
        page.locator('.composer-toolbar [aria-expanded="true"]').evaluateAll((all) => all.length);
      for (const button of buttons) {
        await page.click(button);
        assert.ok(await box.isVisible(), button);
        await page.click(button);
        assert.deepEqual([await box.isVisible(), await open()], [false, 0], button);
        await page.click(button);
        await page.mouse.click(5, 5);
        assert.deepEqual([await box.isVisible(), await open()], [false, 0], button);
      }
      for (const button of buttons) {
        await page.click(button);
        assert.deepEqual([await box.isVisible(), await open()], [true, 1], button);
        assert.equal(await page.getAttribute(button, 'aria-expanded'), 'true');
      }
    });
  });

  describe('layout', () => {
    const sizes: readonly [width: number, height: number, theme: ThemeName][] = [
      [170, 480, 'high-contrast'],
      [200, 560, 'dark'],
      [320, 180, 'light'],
      [400, 720, 'high-contrast-light'],
      [900, 720, 'dark'],
    ];
    for (const [width, height, theme] of sizes) {
      it(`overlaps and overflows nowhere at ${width} × ${height}`, async () => {
        const { send, page } = await panel.open({ width, height, theme });
        const tight = {
          ...context,
          tokens: 30_000,
          omittedTurns: 2,
          largerModel: { ref: 'a/b', name: 'A Model With Quite a Long Name 235B' },
        };
        await send(running({ queued }), { type: 'context-change', context: tight });
        await page.focus(field);
        await page.keyboard.type('x');
        await page.keyboard.press('Enter');
        assert.deepEqual(await page.evaluate(collisions), []);
        for (const button of ['.model-button', '.parameters-button', '.context-button']) {
          await page.focus(button);
          await page.keyboard.press('Enter');
          const box = await page.locator('.composer .popover').boundingBox();
          assert.ok(box && box.x >= 0 && box.x + box.width <= width && box.y >= 0, JSON.stringify(box));
          assert.ok(box.y + box.height <= height, JSON.stringify(box));
          assert.deepEqual(await page.evaluate(sticksOut), [], button);
          await page.keyboard.press('Escape');
        }
        if (width === 900) {
          const edge = (selector: string) =>
            page.locator(selector).evaluate((part) => part.getBoundingClientRect());
          const [composerBox, content] = [await edge('.composer'), await edge('.content')];
          assert.equal(composerBox.width, content.width);
          assert.equal(composerBox.width, 852);
        }
      });
    }
  });
});

/** Pairs of controls that lie over each other, and controls that stick out of the panel. */
function collisions(): string[] {
  const parts = [
    ...document.querySelectorAll('.composer :is(button, textarea, .queue-body, .composer-message)'),
  ];
  const boxes = parts
    .map((part) => ({ name: part.className || part.tagName, box: part.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0);
  const found = boxes
    .filter(
      ({ box }) => box.left < 0 || box.right > window.innerWidth + 0.5 || box.bottom > window.innerHeight,
    )
    .map(({ name }) => `${name} sticks out`);
  for (const [index, one] of boxes.entries())
    for (const other of boxes.slice(index + 1)) {
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (wide > 0.5 && high > 0.5) found.push(`${one.name} over ${other.name}`);
    }
  return found;
}

/** Parts of the open box that are wider than it. */
function sticksOut(): string[] {
  const popover = document.querySelector('.composer .popover');
  const right = (popover?.getBoundingClientRect().right ?? 0) + 0.5;
  return [...(popover?.querySelectorAll('*') ?? [])]
    .filter((part) => part.getBoundingClientRect().right > right)
    .map((part) => part.className?.toString() || part.tagName);
}
