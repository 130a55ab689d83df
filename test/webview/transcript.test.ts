/** The transcript in a real browser: long conversations in parts, following, editing, versions, and where the focus goes. */

import assert from 'node:assert/strict';
import type { ContextView, HostMessage } from '../../src/chat/common/protocol.ts';
import { commit, compose, pressEnterInComposition } from '../ui/inputMethod.ts';
import { pressLater } from './laterKey.ts';
import { mainThreadTime } from './mainThread.ts';
import type { OpenOptions, PanelPage } from './panelPage.ts';
import {
  branchedTurn,
  conversation,
  interruptedTurn,
  longConversation,
  richAnswer,
  rightToLeftTurn,
  snapshot,
  turn,
  windowOf,
} from './samples.ts';
import { usePanel } from './usePanel.ts';

const running = turn('t1', { outcome: { status: 'running' } });
const paragraphs = 'A paragraph.\n\n'.repeat(20);

describe('the transcript in a browser', () => {
  const panel = usePanel();

  async function open(message: HostMessage, options?: OpenOptions): Promise<PanelPage> {
    await panel.open(options);
    await panel.send(message);
    return panel;
  }

  const scrollTop = () => panel.page.locator('.scroller').evaluate((box) => box.scrollTop);
  const distance = () =>
    panel.page
      .locator('.scroller')
      .evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
  const scrollTo = (top: number) =>
    panel.page.evaluate(async (to) => {
      const box = document.querySelector('.scroller');
      if (box) box.scrollTop = to;
      for (let frame = 0; frame < 4; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    }, top);
  /** Does what scrolls the turns, and waits until they have moved and stand still; for so many frames, if they do not. */
  async function scrolls(act: () => Promise<unknown>): Promise<void> {
    const before = await scrollTop();
    await act();
    await panel.page.evaluate(async (start) => {
      const box = document.querySelector('.scroller');
      let last = start;
      let steady = 0;
      for (let frame = 0; box && frame < 100 && (last === start || steady < 3); frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        steady = box.scrollTop === last ? steady + 1 : 0;
        last = box.scrollTop;
      }
    }, before);
  }
  const topOf = (id: string) =>
    panel.page.locator(`[data-turn-id="${id}"]`).evaluate((turnBox) => turnBox.getBoundingClientRect().top);
  const focusedAction = () =>
    panel.page.evaluate(() => {
      const focused = document.activeElement;
      const turnBox = focused?.closest<HTMLElement>('.turn');
      return `${turnBox?.dataset.turnId} ${focused instanceof HTMLElement ? (focused.dataset.action ?? focused.tagName) : ''}`;
    });
  const delta = (text: string): HostMessage => ({ type: 'turn-delta', turnId: 't1', text, reasoning: '' });

  describe('in parts', () => {
    const total = 10_000;
    const end = { turns: longConversation(total - 40, total), earlier: total - 40, later: 0 };

    /** Answers every `turns-load` as the host would. */
    async function answerLoads(from: number): Promise<number> {
      const asked = await panel.postedOf('turns-load');
      for (const { place, turnId } of asked.slice(from)) {
        const index = Number(turnId.slice(1));
        const [start, stop] =
          place === 'before' ? [Math.max(0, index - 40), index] : [index + 1, Math.min(total, index + 41)];
        await panel.send({
          type: 'turns-add',
          place,
          turns: longConversation(start, stop),
          left: place === 'before' ? start : total - stop,
        });
      }
      return asked.length;
    }

    /** What came into the page with each frame, until nothing was left to render: whole turns, and characters of answers. */
    const renderedByFrame = (message: HostMessage) =>
      panel.page.evaluate(async (sent) => {
        const count = () => document.querySelectorAll('.turn:not(.pending)').length;
        const length = () =>
          [...document.querySelectorAll('.answer-text')].reduce(
            (sum, text) => sum + (text.textContent?.length ?? 0),
            0,
          );
        const frames: { turns: number; characters: number }[] = [];
        let before = { turns: count(), characters: length() };
        window.postMessage(sent, '*');
        await new Promise((resolve) => setTimeout(resolve));
        const begun = performance.now();
        do {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          const now = { turns: count(), characters: length() };
          frames.push({ turns: now.turns - before.turns, characters: now.characters - before.characters });
          before = now;
        } while (
          performance.now() - begun < 20_000 &&
          (frames.length < 3 || document.querySelector('.pending'))
        );
        return { frames, pending: document.querySelectorAll('.pending').length };
      }, message);
    const far = 3000;

    it('renders turns that were added one in a frame, and all in the end', async () => {
      await open(snapshot(end));
      await panel.settle();
      await scrollTo(far);
      const turns = longConversation(total - 80, total - 40);
      const { frames, pending } = await renderedByFrame({
        type: 'turns-add',
        place: 'before',
        turns,
        left: 9920,
      });
      const most = Math.max(...frames.map((frame) => frame.turns));
      // The nearest comes with its message, and the next one's frame may be the same.
      assert.ok(most <= 3, `${most} turns in one frame`);
      assert.equal(pending, 0);
      assert.equal(
        frames.reduce((sum, frame) => sum + frame.turns, 0),
        40,
      );
    });

    it('renders a long answer that was added in slices', async () => {
      await open(snapshot(end));
      await panel.settle();
      await scrollTo(far);
      const text = 'A paragraph of a long answer.\n\n'.repeat(2000);
      const turns = [turn('long', { text }), ...longConversation(total - 44, total - 40)];
      const { frames, pending } = await renderedByFrame({
        type: 'turns-add',
        place: 'before',
        turns,
        left: 9955,
      });
      const most = Math.max(...frames.map((frame) => frame.characters));
      assert.ok(most < 12_000, `${most} characters in one frame`);
      assert.equal(pending, 0);
      assert.equal(await panel.page.locator('[data-turn-id="long"] .answer-text p').count(), 2000);
    });

    it('renders what the reader comes to at once, and keeps the place of the rest', async () => {
      await open(snapshot(end));
      await panel.settle();
      await scrollTo(far);
      const turns = longConversation(total - 80, total - 40);
      const seen = await panel.page.evaluate(
        async (sent) => {
          window.postMessage(sent, '*');
          await new Promise((resolve) => setTimeout(resolve));
          await new Promise((resolve) => requestAnimationFrame(resolve));
          await new Promise((resolve) => requestAnimationFrame(resolve));
          const pending = [...document.querySelectorAll<HTMLElement>('.turn.pending')];
          const lowest = Math.min(...pending.map(({ offsetHeight }) => offsetHeight));
          pending[4]?.scrollIntoView({ block: 'start', behavior: 'instant' });
          await new Promise((resolve) => requestAnimationFrame(resolve));
          await new Promise((resolve) => requestAnimationFrame(resolve));
          const inSight = [...document.querySelectorAll<HTMLElement>('.turn')].filter((place) => {
            const { top, bottom } = place.getBoundingClientRect();
            return bottom > 0 && top < innerHeight;
          });
          const empty = inSight.filter((place) => place.matches('.pending')).length;
          return { lowest, inSight: inSight.length, empty };
        },
        { type: 'turns-add', place: 'before', turns, left: 9920 } as const,
      );
      assert.ok(seen.lowest >= 100, `${seen.lowest} pixels`);
      assert.ok(seen.inSight > 0);
      assert.equal(seen.empty, 0);
    });

    it('gives a turn that was released and comes again the height that it had', async () => {
      await open(snapshot(end));
      await panel.settle();
      const last = panel.page.locator(`[data-turn-id="n${total - 1}"]`);
      const height = () => last.evaluate((place) => place.getBoundingClientRect().height);
      const before = await height();
      await scrollTo(far);
      let answered = 0;
      for (let page = 0; page < 4; page++) {
        await scrollTo(0);
        answered = await answerLoads(answered);
      }
      assert.equal(await last.count(), 0, 'it was released');
      await panel.send({
        type: 'turns-add',
        place: 'after',
        turns: longConversation(total - 40, total),
        left: 0,
      });
      const after = await height();
      assert.ok(Math.abs(after - before) <= 1, `${before} before, ${after} now`);
    });

    it('asks once more for turns that did not come', async () => {
      await open(snapshot(end), { stillClock: true });
      await scrollTo(far);
      await scrollTo(300);
      const once = await panel.postedOf('turns-load');
      assert.equal(once.length, 1);
      await panel.pass(1999);
      assert.equal((await panel.postedOf('turns-load')).length, 1);
      await panel.pass(1);
      assert.deepEqual(await panel.postedOf('turns-load'), [...once, ...once]);
    });

    it('loads earlier turns in time, and nothing moves', async () => {
      await open(snapshot(end));
      assert.ok((await distance()) <= 1);
      assert.deepEqual(await panel.postedOf('turns-load'), []);
      await scrollTo(300);
      assert.deepEqual(await panel.postedOf('turns-load'), [
        { type: 'turns-load', place: 'before', turnId: 'n9960' },
      ]);
      const before = await topOf('n9961');
      await answerLoads(0);
      assert.equal(await panel.page.locator('.turn').count(), 80);
      assert.ok(Math.abs((await topOf('n9961')) - before) <= 1);
      await panel.settle();
      assert.ok(Math.abs((await topOf('n9961')) - before) <= 1, 'nor later');
    });

    it('keeps its place at the very top', async () => {
      await open(snapshot(end));
      await scrollTo(0);
      const before = await topOf('n9960');
      await answerLoads(0);
      assert.ok(Math.abs((await topOf('n9960')) - before) <= 1);
      assert.equal(await panel.page.locator('.earlier-line').textContent(), 'Earlier turns: 9,920');
    });

    it('walks up through hundreds of turns by wheel without a jump, and holds no more than 160', async () => {
      await open(snapshot(end), { height: 600 });
      await panel.page.hover('.scroller');
      let answered = 0;
      const seen: number[] = [];
      for (let step = 0; step < 400 && answered < 5; step++) {
        const anchor = await firstInSight();
        await scrolls(() => panel.page.mouse.wheel(0, -1400));
        answered = await answerLoads(answered);
        const now = await firstInSight();
        seen.push(anchor - now);
      }
      assert.ok(answered >= 5, `${answered} loads`);
      assert.ok(Math.max(...seen) <= 12, `a step went over ${Math.max(...seen)} turns`);
      assert.ok(Math.min(...seen) >= 0, 'a step went the other way');
      const held = await panel.page.locator('.turn').count();
      assert.ok(held <= 160, `${held} turns are held`);
      assert.ok(await panel.page.locator('.jump').isVisible());
    });

    const firstInSight = () =>
      panel.page.evaluate(() => {
        const turns = [...document.querySelectorAll<HTMLElement>('.turn')];
        const first = turns.find((turnBox) => turnBox.getBoundingClientRect().bottom > 40);
        return Number(first?.dataset.turnId?.slice(1));
      });

    it('asks for the end when there is more after what it holds', async () => {
      const middle = { turns: longConversation(500, 540), earlier: 500, later: total - 540 };
      await open(snapshot({ ...middle }));
      await scrollTo(1500);
      await panel.page.click('.jump');
      assert.deepEqual(await panel.postedOf('turns-show'), [{ type: 'turns-show', turnId: null }]);
      await panel.send({ type: 'conversation-change', conversation, ...end });
      assert.ok((await distance()) <= 1);
      assert.ok(await panel.page.locator('.jump').isHidden());
    });

    it('goes to the end with a question asked from an older part', async () => {
      await open(snapshot({ turns: longConversation(500, 540), earlier: 500, later: total - 540 }));
      await panel.page.fill('.composer textarea', 'And now?');
      await panel.page.press('.composer textarea', 'Enter');
      assert.equal((await panel.postedOf('turn-submit')).length, 1);
      assert.deepEqual(await panel.postedOf('turns-show'), [{ type: 'turns-show', turnId: null }]);
    });

    it('does not run off when later turns come to a reader at the end of an older part', async () => {
      await open(snapshot({ turns: longConversation(500, 540), earlier: 500, later: total - 540 }));
      await scrollTo(1_000_000);
      const before = await topOf('n539');
      await answerLoads(0);
      assert.ok(Math.abs((await topOf('n539')) - before) <= 1);
    });

    it('reveals a turn of an older part, focuses it and marks it', async () => {
      await open(snapshot(end), { stillClock: true });
      await panel.send({
        type: 'conversation-change',
        conversation,
        revealTurnId: 'n5000',
        turns: longConversation(4980, 5020),
        earlier: 4980,
        later: 4980,
      });
      await panel.settle();
      const { top, bottom } = await panel.page.locator('[data-turn-id="n5000"]').evaluate((turnBox) => {
        const { top, bottom } = turnBox.getBoundingClientRect();
        return { top, bottom };
      });
      assert.ok(top >= 0 && bottom <= 720, `${top} to ${bottom}`);
      assert.equal(await focusedAction(), 'n5000 ARTICLE');
      assert.equal(await panel.page.locator('.turn.revealed').count(), 1);
      await panel.pass(1599);
      assert.equal(await panel.page.locator('.turn.revealed').count(), 1);
      await panel.pass(1);
      assert.equal(await panel.page.locator('.turn.revealed').count(), 0);
    });

    it('leaves the focus in a text field when it reveals', async () => {
      await open(snapshot(end));
      await panel.page.focus('.composer textarea');
      await panel.send({
        type: 'conversation-change',
        conversation,
        revealTurnId: 'n9970',
        ...end,
      });
      assert.ok(
        await panel.page.locator('.composer textarea').evaluate((area) => area === document.activeElement),
      );
    });
  });

  describe('following', () => {
    const long = snapshot({ turns: [turn('t0', { text: richAnswer }), running] });

    async function streaming(): Promise<void> {
      await open(long, { height: 400 });
      await panel.send(delta(paragraphs));
      assert.ok((await distance()) <= 1);
    }

    for (const [name, up] of [
      ['a small turn of the wheel', () => panel.page.mouse.wheel(0, -8)],
      ['the keyboard', () => panel.page.press('.scroller', 'ArrowUp')],
      ['a script, as a scroll bar does', () => scrollTop().then((top) => scrollTo(top - 5))],
    ] as const) {
      it(`stops for ${name}`, async () => {
        await streaming();
        await panel.page.hover('.scroller');
        const before = await scrollTop();
        await scrolls(up);
        await panel.settle();
        const top = await scrollTop();
        assert.ok(top < before, `from ${before} to ${top}`);
        await panel.send(delta(paragraphs));
        assert.equal(await scrollTop(), top);
        await panel.page.locator('.jump').waitFor();
        await panel.send({
          type: 'turn-finish',
          turnId: 't1',
          outcome: { status: 'stopped', canContinue: true },
        });
        assert.equal(await scrollTop(), top, 'nor for the footer');
      });
    }

    it('begins again when the reader comes back to the end', async () => {
      await streaming();
      await panel.page.hover('.scroller');
      await scrolls(() => panel.page.mouse.wheel(0, -300));
      await panel.page.locator('.jump').waitFor();
      await scrolls(() => panel.page.mouse.wheel(0, 2000));
      await panel.page.locator('.jump').waitFor({ state: 'hidden' });
      await panel.send(delta(paragraphs));
      assert.ok((await distance()) <= 1);
    });

    it('is not taken up by content that shrinks under a reader near the end', async () => {
      await streaming();
      await scrollTo((await scrollTop()) - 45);
      await panel.send({ type: 'turn-replace', turnId: 't1', text: 'A paragraph.\n\n'.repeat(18) });
      await panel.send(delta(paragraphs));
      assert.ok((await distance()) > 100);
    });

    it('shows the footer of the answer to a reader at the end', async () => {
      await streaming();
      await panel.send({
        type: 'turn-finish',
        turnId: 't1',
        outcome: { status: 'stopped', canContinue: true },
      });
      assert.ok((await distance()) <= 1);
    });

    it('holds still while text is being selected', async () => {
      await streaming();
      const box = await panel.page.locator('.answer-text p').last().boundingBox();
      assert.ok(box);
      await panel.page.mouse.move(box.x + 2, box.y + 5);
      await panel.page.mouse.down();
      await panel.page.mouse.move(box.x + 60, box.y + 5, { steps: 4 });
      const top = await scrollTop();
      await panel.send(delta(paragraphs));
      assert.equal(await scrollTop(), top);
      await panel.page.mouse.up();
      await panel.send(delta(paragraphs));
      assert.equal(await scrollTop(), top);
      await panel.page.click('.jump');
      await panel.send(delta(paragraphs));
      assert.ok((await distance()) <= 1);
    });

    it('shows what the reader opens in the last answer', async () => {
      const thought = turn('t0', { text: richAnswer, reasoning: paragraphs, outcome: { status: 'done' } });
      await open(snapshot({ turns: [thought] }), { height: 700 });
      await panel.page.locator('.reasoning summary').scrollIntoViewIfNeeded();
      await scrollTo(1_000_000);
      const summary = panel.page.locator('.reasoning summary');
      await summary.evaluate((element) => element instanceof HTMLElement && element.click());
      await panel.page.locator('.reasoning[open] p').last().waitFor({ state: 'attached' });
      // A panel that follows the end would do so with the next frames.
      await panel.settle();
      assert.ok((await distance()) > 100);
    });

    it('goes to a question the user asks, and not to one out of the queue', async () => {
      await open(long, { height: 400 });
      const queued = { text: 'next', attachments: [], held: false };
      const finish = { type: 'turn-finish', turnId: 't1', outcome: { status: 'done' } } as const;
      await panel.send({
        type: 'conversation-update',
        conversation: { ...conversation, running: true, queued },
      });
      await scrollTo(100);
      const top = await scrollTop();
      const start = (id: string): HostMessage => ({ type: 'turn-start', turn: { ...running, id } });
      await panel.send(finish, start('t2'), { type: 'conversation-update', conversation });
      assert.equal(await scrollTop(), top);
      await panel.send({ ...finish, turnId: 't2' });
      await panel.send(start('t3'));
      assert.ok((await distance()) <= 1);
    });
  });

  describe('editing a question', () => {
    const editor = '.question-editor textarea';
    const done = [
      turn('t0', { question: 'First?', text: 'Yes.' }),
      turn('t2', { question: 'Second?', text: 'No.' }),
    ];

    const edit = (index: number) => panel.page.locator('[data-action="edit"]').nth(index).click();

    it('sends on Enter, breaks on Shift+Enter', async () => {
      const { page } = await open(snapshot({ turns: done }));
      await edit(0);
      assert.equal(await page.inputValue(editor), 'First?');
      await page.keyboard.type(' Really?');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('Yes?');
      await page.keyboard.press('Enter');
      assert.deepEqual(await panel.postedOf('turn-edit'), [
        { type: 'turn-edit', turnId: 't0', text: 'First? Really?\nYes?' },
      ]);
      assert.equal(await page.locator(editor).count(), 0);
    });

    it('takes two megabytes in little time, in the direction of their letters', async () => {
      const { page } = await open(snapshot({ turns: done }));
      await edit(0);
      await page.fill(editor, 'שלום');
      assert.equal(await page.locator(editor).getAttribute('dir'), 'rtl');

      const milliseconds = await mainThreadTime(panel, async () => {
        await page.locator(editor).evaluate(
          (area, text) => {
            if (area instanceof HTMLTextAreaElement) area.setRangeText(text, 0, area.value.length);
            area.dispatchEvent(new InputEvent('input', { bubbles: true }));
          },
          'x'.repeat(2 ** 21),
        );
      });
      assert.ok(milliseconds < 3000, `${milliseconds} ms`);
      assert.equal(await page.locator(editor).getAttribute('dir'), 'ltr');
    });

    it('gives up on Escape, gives the focus back, and stops nothing', async () => {
      const { page } = await open(snapshot({ turns: [...done, running] }));
      await edit(1);
      await page.keyboard.type('x');
      await page.keyboard.press('Escape');
      assert.equal(await focusedAction(), 't2 edit');
      assert.deepEqual(await panel.postedOf('turn-stop'), []);
      await page.keyboard.press('Enter');
      assert.equal(await page.inputValue(editor), 'Second?');
    });

    it('leaves the keys of an input method alone', async () => {
      const { page } = await open(snapshot({ turns: done }));
      await edit(0);
      await page.fill(editor, '');
      await compose(page, ['n', 'ni', 'nihao']);
      await pressEnterInComposition(page);
      await commit(page, '你好');
      assert.deepEqual(await panel.postedOf('turn-edit'), []);
      await pressLater(page, 'Enter');
      assert.deepEqual(await panel.postedOf('turn-edit'), [
        { type: 'turn-edit', turnId: 't0', text: '你好' },
      ]);
    });

    it('keeps the text while an answer comes, turns come and go, and over a reload', async () => {
      const { page, send } = await open(snapshot({ turns: [...done, running], earlier: 40 }));
      await edit(0);
      await page.fill(editor, 'half an idea');
      await send(delta('Hello'), {
        type: 'turns-add',
        place: 'before',
        turns: longConversation(0, 40),
        left: 0,
      });
      assert.ok(await page.locator(editor).evaluate((area) => area === document.activeElement));
      await page.keyboard.press('Enter');
      assert.deepEqual(await panel.postedOf('turn-edit'), [], 'not while an answer is coming');
      assert.equal(await page.inputValue(editor), 'half an idea');
      assert.match((await page.locator('[role="status"]').textContent()) ?? '', /An answer is coming/);
      await send({
        type: 'conversation-change',
        conversation: { ...conversation, id: 'c2' },
        ...windowOf([]),
      });
      assert.equal(await page.locator(editor).count(), 0);
      await send({ type: 'conversation-change', conversation, ...windowOf(done) });
      assert.equal(await page.inputValue(editor), 'half an idea');
      await page.reload();
      await send(snapshot({ turns: done, draft: '' }));
      assert.equal(await page.inputValue(editor), 'half an idea');
      await page.press(editor, 'Enter');
      assert.equal((await panel.postedOf('turn-edit')).length, 1);
    });

    it('sends nothing that is empty', async () => {
      const { page } = await open(snapshot({ turns: done }));
      await edit(0);
      await page.fill(editor, '  ');
      await page.keyboard.press('Enter');
      assert.deepEqual(await panel.postedOf('turn-edit'), []);
      assert.ok(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled());
    });
  });

  describe('versions and other tries', () => {
    it('switches between versions by keyboard, in its place, and keeps the focus', async () => {
      const { page, send } = await open(
        snapshot({
          turns: [turn('t0', { text: richAnswer }), branchedTurn, turn('t2', { text: richAnswer })],
        }),
      );
      await page.getByRole('group', { name: 'Version 2 of 3' }).waitFor();
      const next = page.getByRole('button', { name: 'Next Version' });
      await next.focus();
      const before = await topOf('branched');
      await page.keyboard.press('Enter');
      assert.deepEqual(await panel.postedOf('branch-select'), [
        { type: 'branch-select', turnId: 'version-3' },
      ]);
      const third = turn('version-3', {
        text: 'Another answer.',
        branch: { index: 2, count: 3, previousId: 'branched' },
      });
      await send({
        type: 'conversation-change',
        conversation,
        revealTurnId: 'version-3',
        ...windowOf([turn('t0', { text: richAnswer }), third, turn('t3', { text: richAnswer })]),
      });
      assert.ok(Math.abs((await topOf('version-3')) - before) <= 1);
      assert.equal(await focusedAction(), 'version-3 branch-previous');
      assert.ok(await page.getByRole('button', { name: 'Next Version' }).isDisabled());
    });

    it('asks again, and keeps the focus at the turn', async () => {
      const { page, send } = await open(snapshot({ turns: [turn('t0', { text: 'One.' })] }));
      await page.getByRole('button', { name: 'Ask Again' }).click();
      assert.deepEqual(await panel.postedOf('turn-retry'), [{ type: 'turn-retry', turnId: 't0' }]);
      await send({
        type: 'conversation-change',
        conversation: { ...conversation, running: true },
        ...windowOf([running]),
      });
      assert.equal(await focusedAction(), 't1 ARTICLE');
    });

    it('asks another model, chosen by keyboard', async () => {
      const { page } = await open(snapshot({ turns: [turn('t0', { text: 'One.' })] }));
      await page.getByRole('button', { name: 'Ask Another Model…' }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.type('yi');
      await page.keyboard.press('Enter');
      assert.deepEqual(await panel.postedOf('turn-retry'), [
        { type: 'turn-retry', turnId: 't0', modelRef: 'dashscope/yi-large' },
      ]);
      assert.equal(await focusedAction(), 't0 retry-with');
      await page.keyboard.press('Enter');
      await page.locator('.model-menu').waitFor();
      await page.keyboard.press('Escape');
      assert.ok(await page.locator('.model-menu').isHidden());
      assert.equal(await focusedAction(), 't0 retry-with');
    });

    it('offers what else can be done with an answer, and nothing but that', async () => {
      const { page } = await open(snapshot({ turns: [turn('t0', { text: 'One.' })] }));
      const tools = page.locator('.answer-tools');
      assert.equal((await tools.textContent())?.trim(), '1,236 tokens. 212 tokens in, 1,024 out');
      for (const name of ['Compare With Other Models…', 'Copy as Code…', 'Inspect Request'])
        await tools.getByRole('button', { name }).click();
      const asked = (await panel.posted()).filter((message) => 'turnId' in message);
      assert.deepEqual(asked, [
        { type: 'turn-compare', turnId: 't0' },
        { type: 'snippet-copy', turnId: 't0' },
        { type: 'action-run', action: 'inspect', turnId: 't0' },
      ]);
    });

    it('asks for no second answer while one is coming', async () => {
      const { page, send } = await open(snapshot({ turns: [turn('t0', { text: 'One.' }), running] }));
      const again = page.getByRole('button', { name: 'Ask Again' });
      assert.equal(await again.getAttribute('aria-disabled'), 'true');
      await again.focus();
      await page.keyboard.press('Enter');
      assert.deepEqual(await panel.postedOf('turn-retry'), []);
      assert.match((await page.locator('[role="status"]').textContent()) ?? '', /An answer is coming/);
      await send({ type: 'turn-finish', turnId: 't1', outcome: { status: 'done' } });
      assert.equal(await again.first().getAttribute('aria-disabled'), 'false');
    });

    it('continues an interrupted answer where it ended', async () => {
      const { page, send } = await open(snapshot({ turns: [interruptedTurn] }));
      await page.getByText('Interrupted: VS Code closed').waitFor();
      await page.getByRole('button', { name: 'Continue' }).click();
      assert.deepEqual(await panel.postedOf('turn-continue'), [
        { type: 'turn-continue', turnId: 'interrupted' },
      ]);
      await send(
        { type: 'turn-resume', turnId: 'interrupted' },
        { type: 'turn-delta', turnId: 'interrupted', text: '累加金额。', reasoning: '' },
      );
      assert.equal(await page.locator('.answer-text').textContent(), '函数遍历订单并累加金额。');
      assert.equal(await page.getByText('Interrupted').count(), 0);
      assert.equal(await focusedAction(), 'interrupted ARTICLE');
    });

    it('copies the question', async () => {
      const { page } = await open(snapshot({ turns: [turn('t0', { question: 'What *is* it?' })] }));
      await page.getByRole('button', { name: 'Copy Question' }).click();
      assert.deepEqual(await panel.postedOf('text-copy'), [{ type: 'text-copy', text: 'What *is* it?' }]);
    });
  });

  it('says how long the model thought', async () => {
    const { page, send } = await open(snapshot({ turns: [running] }));
    const title = page.locator('.reasoning-title');
    await send({ type: 'turn-delta', turnId: 't1', text: '', reasoning: 'hm' });
    assert.equal(await title.textContent(), 'Thinking…');
    await send({ type: 'turn-delta', turnId: 't1', text: 'So', reasoning: '', reasoningMs: 12_400 });
    assert.equal(await title.textContent(), 'Thought for 12 s');
    await send({ type: 'turn-finish', turnId: 't1', outcome: { status: 'done', reasoningMs: 83_000 } });
    assert.equal(await title.textContent(), 'Thought for 1 min 23 s');
  });

  it('shows the tools that were called in rows, with texts nobody has to trust', async () => {
    const hostile = '<img src=x onerror="document.title=1">';
    const { page, send } = await open(snapshot({ turns: [running] }));
    const row = page.locator('.tool');
    assert.equal(await page.locator('.tools').isVisible(), false);
    const call = { name: `read\u202e${hostile}`, arguments: `{"path":"${hostile}"}` };
    await send({ type: 'turn-tools', turnId: 't1', tools: [call] });
    assert.equal(await row.locator('pre').count(), 0);
    await page.keyboard.press('Tab');
    await row.locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await row.locator('pre').allTextContents(), [call.arguments]);
    const result = { text: `${hostile}\nno such file`, isError: true };
    await send({ type: 'turn-tools', turnId: 't1', tools: [{ ...call, result }] }, delta('Gone.'));
    assert.deepEqual(await row.locator('pre').allTextContents(), [call.arguments, result.text]);
    assert.equal(await row.locator('p').textContent(), 'The tool failed:');
    assert.equal(await row.locator('.hidden-mark').count(), 1);
    assert.equal(await page.locator('.turn img').count(), 0);
    assert.equal(await page.locator('.answer-text').textContent(), 'Gone.');
  });

  it('draws the line above the first turn that is still sent', async () => {
    const context: ContextView = {
      tokens: 1,
      exact: false,
      omittedTurns: 1,
      firstSentTurnId: 'b',
      summarising: false,
    };
    const { page, send } = await open(
      snapshot({ turns: [turn('a', { text: 'A' }), turn('b', { text: 'B' })] }),
    );
    await send({ type: 'context-change', context });
    const line = page.locator('.context-line:visible');
    assert.equal(await line.textContent(), 'Turns above are not sent any more: they do not fit.');
    assert.ok(await line.evaluate((element) => element.closest('[data-turn-id="b"]') !== null));
    assert.equal(await page.locator('.left-out').getAttribute('data-turn-id'), 'a');
    await send({
      type: 'context-change',
      context: { ...context, omittedTurns: 0, summarisedThroughTurnId: 'a' },
    });
    assert.equal(await line.textContent(), 'Turns above are sent as a summary.');
    await send({ type: 'context-change', context: { ...context, omittedTurns: 0 } });
    assert.equal(await line.count(), 0);
  });

  it('goes from turn to turn by keyboard', async () => {
    await open(snapshot({ turns: longConversation(0, 6) }));
    await panel.page.focus('.scroller');
    for (const [key, expected] of [
      ['Alt+ArrowUp', 'n5 ARTICLE'],
      ['Alt+ArrowUp', 'n4 ARTICLE'],
      ['Alt+ArrowUp', 'n3 ARTICLE'],
      ['Alt+ArrowDown', 'n4 ARTICLE'],
    ] as const) {
      await panel.page.keyboard.press(key);
      assert.equal(await focusedAction(), expected);
    }
    assert.equal(await panel.page.getByRole('article', { name: 'Question: Question 4' }).count(), 1);
    assert.equal(await panel.page.getByRole('heading', { name: 'Your question' }).count(), 6);
  });

  it('says nothing about turns that had ended when they came', async () => {
    const { page, send } = await open(snapshot({ turns: [turn('t0', { text: 'x' })] }));
    await send({
      type: 'conversation-change',
      conversation: { ...conversation, id: 'c2' },
      ...windowOf([turn('t9', { text: 'y' })]),
    });
    assert.equal(await page.locator('[role="status"]').textContent(), '');
    await send({ type: 'turn-start', turn: running });
    assert.equal(await page.locator('[role="status"]').textContent(), 'Answering…');
  });

  it('cuts nothing off at a width of 200 pixels, whatever the direction of the text', async () => {
    const { page } = await open(
      snapshot({ turns: [rightToLeftTurn, branchedTurn, interruptedTurn], earlier: 3 }),
      { width: 200 },
    );
    await page.locator('[data-action="edit"]').first().click();
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll('.turns *')]
        .filter((element) => !element.closest('.code-block, .visually-hidden, [hidden]'))
        .filter((element) => {
          const { left, right } = element.getBoundingClientRect();
          return left < -0.5 || right > window.innerWidth + 0.5;
        })
        .map((element) => element.className),
    );
    assert.deepEqual(outside, []);
  });
});
