/** The page of a comparison in a real browser under the strict policy: asking, streaming, differences, and the table of a set. */

import assert from 'node:assert/strict';
import type { CompareViewMessage } from '../../src/compare/common/compareProtocolSchema.ts';
import { accessibilityViolations } from './accessibility.ts';
import { answer, columns, compareSnapshot, questionSet, single, untouched } from './compareSamples.ts';
import { pressLater } from './laterKey.ts';
import { usePanel } from './usePanel.ts';

const field = '.question-field';

describe('the page of a comparison', () => {
  const panel = usePanel();
  const open = (options: { width?: number } = {}) =>
    panel.open({ entry: 'compare', width: 1000, ...options });
  const posted = async <Type extends CompareViewMessage['type']>(type: Type) => {
    const all = (await panel.posted()) as readonly CompareViewMessage[];
    return all.filter((message) => message.type === type);
  };

  it('asks on Enter, breaks on Shift+Enter, and asks nothing that is empty', async () => {
    const { send, page } = await open();
    await send(compareSnapshot(untouched));
    await page.focus(field);
    await page.keyboard.press('Enter');
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    await page.keyboard.press('Enter');
    assert.deepEqual(await posted('question-ask'), [{ type: 'question-ask', text: 'one\ntwo' }]);
    assert.equal(await page.inputValue(field), 'one\ntwo');
    await send(compareSnapshot({ ...untouched, draft: 'something else' }));
    assert.equal(await page.inputValue(field), 'one\ntwo', 'what was typed outlives a reload');
  });

  it('leaves the keys of an input method alone', async () => {
    const { send, page } = await open();
    await send(compareSnapshot(untouched));
    await page.focus(field);
    const client = await page.context().newCDPSession(page);
    await client.send('Input.imeSetComposition', { text: 'qiao', selectionStart: 4, selectionEnd: 4 });
    await page.locator(field).dispatchEvent('keydown', { key: 'Enter', isComposing: true, keyCode: 229 });
    await client.send('Input.insertText', { text: '桥' });
    assert.deepEqual(await posted('question-ask'), []);
    await pressLater(page, 'Enter');
    assert.deepEqual(await posted('question-ask'), [{ type: 'question-ask', text: '桥' }]);
  });

  it('streams each answer into its own column, and starts over where one is revised', async () => {
    const { send, page } = await open();
    const coming = answer({ status: 'running', text: '', metrics: undefined });
    await send(compareSnapshot(single({ c1: coming, c2: coming, c3: coming })));
    for (let piece = 0; piece < 5; piece++)
      for (const { id } of columns)
        await send({
          type: 'answer-delta',
          questionId: 'q1',
          columnId: id,
          text: `${id}-${piece} `,
          reasoning: '',
        });
    const texts = page.locator('.compare-column .answer-text');
    assert.deepEqual(
      (await texts.allTextContents()).map((text) => text.trim()),
      columns.map(({ id }) => [0, 1, 2, 3, 4].map((piece) => `${id}-${piece}`).join(' ')),
    );
    const revised = answer({ text: 'Another **text**.' });
    await send({ type: 'answer-change', questionId: 'q1', columnId: 'c2', answer: revised });
    assert.equal((await texts.nth(1).textContent())?.trim(), 'Another text.');
    assert.equal(await texts.nth(1).locator('strong').count(), 1);
    const second = page.locator('.compare-column').nth(1);
    assert.match(
      (await second.locator('.metrics').textContent()) ?? '',
      /412 ms.*48\.3\/s.*23 \/ 137.*Finished/s,
    );
  });

  it('shows a new comparison from its beginning, though its columns have the same names', async () => {
    const { send, page } = await open();
    const old = { c1: answer({ text: 'old' }), c2: answer({ text: 'old' }), c3: answer({ text: 'old' }) };
    await send(compareSnapshot(single(old)));
    const next = {
      c1: answer({ text: 'olden times' }),
      c2: answer({ text: 'a' }),
      c3: answer({ text: 'new one' }),
    };
    await send({ type: 'compare-change', comparison: single(next, { id: 'another' }) });
    assert.deepEqual(
      (await page.locator('.answer-text').allTextContents()).map((text) => text.trim()),
      ['olden times', 'a', 'new one'],
    );
  });

  it('says that an answer may be incomplete', async () => {
    const { send, page } = await open();
    const notice = 'The platform broke the answer off (network_error). Try again.';
    await send(compareSnapshot(single({ c1: answer(), c2: answer({ notice }), c3: answer() })));
    const [first, second] = [0, 1].map((place) => page.locator('.compare-column').nth(place));
    assert.equal(await second?.locator('.notice').textContent(), notice);
    assert.equal(await first?.locator('.notice').count(), 0);
  });

  it('marks the best, goes on with it, and asks one model again', async () => {
    const { send, page } = await open();
    await send(compareSnapshot(single({ c1: answer(), c2: answer(), c3: answer() })));
    const second = page.locator('.compare-column').nth(1);
    await second.locator('.best-button').click();
    assert.deepEqual(await posted('best-mark'), [{ type: 'best-mark', questionId: 'q1', columnId: 'c2' }]);
    await send({ type: 'best-change', questionId: 'q1', columnId: 'c2' });
    assert.equal(await second.locator('.best-button').getAttribute('aria-pressed'), 'true');
    await second.locator('.continue-button').click();
    assert.deepEqual(await posted('panel-continue'), [
      { type: 'panel-continue', questionId: 'q1', columnId: 'c2' },
    ]);
    await second.getByRole('button', { name: 'Ask This Model Again' }).click();
    assert.deepEqual(await posted('answer-retry'), [
      { type: 'answer-retry', questionId: 'q1', columnId: 'c2' },
    ]);
  });

  it('paints what differs, and nothing that is the same', async () => {
    const { send, page } = await open();
    const texts = {
      c1: answer({ text: '渡轮每小时整点出发。\n\nThe bridge opens **early**.' }),
      c2: answer({ text: '渡轮每小时半点出发。\n\nThe bridge opens *late*.' }),
      c3: answer({ text: '渡轮每小时整点出发。\n\nThe bridge opens early.' }),
    };
    await send(compareSnapshot(single(texts)));
    const painted = () =>
      page.evaluate(() =>
        [...(CSS.highlights.get('qiao-difference') ?? [])].map((part) => {
          const range = document.createRange();
          range.setStart(part.startContainer, part.startOffset);
          range.setEnd(part.endContainer, part.endOffset);
          return range.toString();
        }),
      );
    assert.deepEqual(await painted(), []);
    await page.locator('.check input').check();
    assert.deepEqual(await painted(), ['半点', 'late'], 'the first and the third say the same');
    assert.match((await page.locator('.likeness').nth(2).textContent()) ?? '', /^100 %/);
    await page.locator('.baseline select').selectOption('c2');
    assert.deepEqual(
      (await painted()).toSorted(),
      ['early', 'early', 'late', '半点', '整点', '整点'].toSorted(),
    );
    await page.locator('.check input').uncheck();
    assert.deepEqual(await painted(), []);
  });

  it('chooses, adds and removes models', async () => {
    const { send, page } = await open();
    await send(compareSnapshot(single({ c1: answer(), c2: answer(), c3: answer() })));
    await page.locator('.column-model').first().click();
    await page.keyboard.type('qwen2-7b');
    await page.keyboard.press('Enter');
    await page.locator('.add-model').click();
    await page.keyboard.type('my-own-model');
    await page.keyboard.press('Enter');
    await page.locator('.column-remove').nth(1).click();
    const refs = columns.map(({ ref }) => ref);
    assert.deepEqual(
      (await posted('columns-change')).map((message) => 'models' in message && message.models),
      [
        ['dashscope/qwen2-7b-instruct', refs[1], refs[2]],
        [...refs, 'my-own-model'],
        [refs[0], refs[2]],
      ],
    );
  });

  it('sorts thousands of rows by what they show, and keeps few of them in the page', async () => {
    const { send, page } = await open();
    await send(compareSnapshot(questionSet(2000)));
    const rows = page.locator('.questions tbody tr:not(.spacer)');
    assert.ok((await rows.count()) < 80, 'only rows in sight');
    assert.equal(await page.locator('.questions').getAttribute('aria-rowcount'), '2001');
    await page.locator('.table-tools select').selectOption('speed');
    const header = page.locator('.sort-button', { hasText: 'Qwen Plus' });
    await header.click();
    const speeds = async () =>
      (await rows.locator('td:nth-child(4)').allTextContents())
        .slice(0, 20)
        .map((text) => Number.parseFloat(text));
    const rising = await speeds();
    assert.deepEqual(
      rising,
      rising.toSorted((a, b) => a - b),
    );
    await header.click();
    const falling = await speeds();
    assert.deepEqual(
      falling,
      falling.toSorted((a, b) => b - a),
    );
    assert.notDeepEqual(rising, falling);
    assert.equal(await page.locator('th[aria-sort="descending"]').count(), 1);
    // Those that failed have no speed, and stand at the end, whichever way.
    await page.locator('.row-button').first().focus();
    await page.keyboard.press('End');
    await page.locator('.row-button:focus').waitFor();
    assert.equal(await rows.last().locator('.failed').count(), 1);
  });

  it('opens a row side by side, steps to its neighbours, and comes back to it', async () => {
    const { send, page } = await open();
    await send(compareSnapshot(questionSet(200)));
    await page.locator('.row-button').nth(2).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual((await posted('question-open')).at(-1), { type: 'question-open', questionId: 'q4' });
    const { question } = single({ c1: answer(), c2: answer(), c3: answer() });
    assert.ok(question);
    await send({ type: 'question-show', question: { ...question, id: 'q4', number: 4 } });
    assert.equal(await page.locator('.compare-column').count(), 3);
    assert.equal(await page.locator('.set-page').isVisible(), false);
    await page.getByRole('button', { name: 'Next Question' }).click();
    assert.deepEqual((await posted('question-open')).at(-1), { type: 'question-open', questionId: 'q5' });
    await page.keyboard.press('Escape');
    assert.deepEqual((await posted('question-open')).at(-1), { type: 'question-open', questionId: null });
    assert.equal(await page.locator('.set-page').isVisible(), true);
    assert.match((await page.locator('.row-button:focus').textContent()) ?? '', /^Question 4:/);
  });

  it('says how far a run is, and stops it', async () => {
    const { send, page } = await open();
    await send(compareSnapshot(questionSet(200, 90)));
    assert.equal(await page.locator('.progress-text').textContent(), '264 of 600 answered, 6 failed');
    await page.locator('.stop-button').click();
    assert.deepEqual(await posted('run-stop'), [{ type: 'run-stop' }]);
    const progress = { running: false, total: 600, answered: 264, failed: 6 };
    await send({ type: 'compare-progress', progress });
    await page.locator('.run-button', { hasText: 'Continue: 330 Requests Left' }).click();
    await page.locator('.retry-button', { hasText: '(6)' }).click();
    assert.deepEqual(await posted('run-start'), [
      { type: 'run-start', failed: false },
      { type: 'run-start', failed: true },
    ]);
    await page.locator('.export-button').click();
    await page.getByRole('menuitem', { name: 'Markdown' }).click();
    assert.deepEqual(await posted('export-run'), [{ type: 'export-run', format: 'markdown' }]);
  });

  it('runs nothing that an answer says', async () => {
    const { send, page } = await open();
    const text = '<img src=x onerror=alert(1)> <script>alert(1)</script> [a](javascript:alert(1))';
    page.on('dialog', () => assert.fail('a dialog opened'));
    await send(compareSnapshot(single({ c1: answer({ text }), c2: answer({ text }), c3: answer({ text }) })));
    assert.equal(await page.locator('.answer-text :is(img, script)').count(), 0);
  });

  it('is accessible', async () => {
    const { send, page } = await open();
    await send(compareSnapshot(single({ c1: answer({ reasoning: 'hm' }), c2: answer(), c3: answer() })));
    assert.deepEqual(await accessibilityViolations(page), []);
    await send(compareSnapshot(questionSet(60, 30)));
    assert.deepEqual(await accessibilityViolations(page), []);
  });
});
