/** How much of an answer the panel touches when a little is added to it, in a real browser. */

import assert from 'node:assert/strict';
import { conversation, snapshot, turn, windowOf } from './samples.ts';
import { usePanel } from './usePanel.ts';

const running = { ...conversation, running: true };
const paragraph = 'The total is the sum of **all orders**, in cents, see `total.ts`.\n\n';
const piece = 'Forty characters of an answer, some more';

describe('an answer that streams', () => {
  const panel = usePanel();

  /** UTF-16 units of all texts on which the page calls a method of strings or expressions while deltas come. */
  async function touchedBy(deltas: readonly string[], before: string): Promise<number> {
    const { send, page, settle } = panel;
    const answering = turn('a', { text: before, outcome: { status: 'running' } });
    await send(snapshot({ conversation: running, ...windowOf([answering]) }));
    await settle();
    await page.evaluate(countTouched);
    for (const text of deltas) await send({ type: 'turn-delta', turnId: 'a', text, reasoning: '' });
    const touched = await page.evaluate(() => (window as unknown as { touched: number }).touched);
    const end = deltas.join('').slice(-9);
    assert.ok((await page.textContent('.answer-text'))?.includes(end), 'the last delta is shown');
    return touched;
  }

  it('is not read again when a little is added to it', async () => {
    await panel.open();
    const deltas = Array.from({ length: 10 }, () => piece);
    const short = await touchedBy(deltas, paragraph.repeat(100));
    const long = await touchedBy(deltas, paragraph.repeat(2000));
    assert.ok(long < 2 * short, `${long} of a long answer, ${short} of a short one`);
  });

  it('is not read again while a long line of code comes', async () => {
    await panel.open();
    const deltas = Array.from({ length: 10 }, () => '{"a": [1, 2, 3]}, {"b": "four"}, {"c": 5}');
    const line = (length: number): string => `\`\`\`json\n${'[1, 2, 3], '.repeat(length)}`;
    const short = await touchedBy(deltas, line(500));
    const long = await touchedBy(deltas, line(10_000));
    assert.ok(long < 2 * short, `${long} of a long line, ${short} of a short one`);
  });

  it('is painted after a key, and at most each 100 ms, while the user types', async () => {
    const { send, page, pass } = await panel.open({ stillClock: true });
    await send(
      snapshot({ conversation: running, ...windowOf([turn('a', { outcome: { status: 'running' } })]) }),
    );
    await page.evaluate(describeFrames);
    const frames = (texts: readonly string[], key?: 'key') =>
      page.evaluate(([added, typed]) => (window as unknown as Frames).framesAfter(added, typed), [
        texts,
        key === 'key',
      ] as const);
    assert.equal((await frames(['one ']))[0], 'one', 'without keys it comes with the next frame');
    await pass(1000);
    const afterKey = await frames(['two '], 'key');
    assert.deepEqual(
      afterKey.slice(0, 2),
      ['one', 'one two'],
      'the frame of the key is free, the next is not',
    );
    assert.equal((await frames(['three '])).at(-1), 'one two', 'the next key has the following frames');
    await pass(98);
    assert.equal((await frames([])).at(-1), 'one two');
    await pass(4);
    assert.equal((await frames([])).at(-1), 'one two three');
    await pass(500);
    assert.equal((await frames(['four ']))[0], 'one two three four', 'the user stopped typing');
  });

  it('leaves room for keys when much of it comes at once, and is whole in the end', async () => {
    const { send, page, settle } = await panel.open();
    const text = paragraph.repeat(3000);
    await send(
      snapshot({ conversation: running, ...windowOf([turn('a', { outcome: { status: 'running' } })]) }),
    );
    const lengths = await page.evaluate(async (delta) => {
      const post = (message: unknown) => window.postMessage(message, '*');
      post({ type: 'turn-delta', turnId: 'a', text: delta, reasoning: '' });
      const lengthsByFrame: number[] = [];
      for (let frame = 0; frame < 4; frame++) {
        await new Promise(requestAnimationFrame);
        lengthsByFrame.push(document.querySelector('.answer-text')?.textContent?.length ?? 0);
      }
      return lengthsByFrame;
    }, text);
    assert.ok((lengths.at(-1) ?? 0) > 0, 'the beginning comes at once');
    assert.ok((lengths.at(-1) ?? 0) < text.length / 2, `${lengths} shown by frame`);
    await page.focus('textarea');
    await page.keyboard.type('q');
    assert.equal(await page.inputValue('textarea'), 'q');
    await send({ type: 'turn-finish', turnId: 'a', outcome: { status: 'done' } });
    await page.waitForFunction((count) => document.querySelectorAll('.answer-text p').length === count, 3000);
    await settle();
    const streamed = await page.innerHTML('.answer-text');
    await send(snapshot({ ...windowOf([turn('b', { text })]) }));
    await settle();
    assert.equal(await page.innerHTML('.answer-text'), streamed);
  });
});

interface Frames {
  /**
   * Brings deltas of the turn `a`, with or without a key after them; gives the text of the answer in the next
   * four frames.
   */
  framesAfter(texts: readonly string[], key: boolean): Promise<string[]>;
}

/** Runs in the page: adds `Frames`. */
function describeFrames(): void {
  const press = (): unknown =>
    document
      .querySelector('textarea')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'q', bubbles: true }));
  const added: Frames = {
    async framesAfter(texts, key) {
      // A message that is handled at once: no frame comes between.
      for (const text of texts)
        window.dispatchEvent(
          new MessageEvent('message', { data: { type: 'turn-delta', turnId: 'a', text, reasoning: '' } }),
        );
      if (key) press();
      const shown: string[] = [];
      for (let frame = 0; frame < 4; frame++) {
        await new Promise(requestAnimationFrame);
        shown.push(document.querySelector('.answer-text')?.textContent?.trim() ?? '');
      }
      return shown;
    },
  };
  Object.assign(window, added);
}

/** Runs in the page: from now on counts what methods of strings and expressions are called on. */
function countTouched(): void {
  const counted = window as unknown as { touched?: number };
  if (counted.touched === undefined) {
    const strings = String.prototype as unknown as Record<string, (...values: unknown[]) => unknown>;
    for (const name of [
      ...['slice', 'substring', 'startsWith', 'endsWith', 'indexOf', 'lastIndexOf', 'includes'],
      ...['replace', 'replaceAll', 'split', 'trim'],
    ]) {
      const method = strings[name];
      if (!method) continue;
      strings[name] = function (this: string, ...values) {
        counted.touched = (counted.touched ?? 0) + this.length;
        return method.apply(this, values);
      };
    }
    const { exec } = RegExp.prototype;
    RegExp.prototype.exec = function (text) {
      counted.touched = (counted.touched ?? 0) + text.length;
      return exec.call(this, text);
    };
  }
  counted.touched = 0;
}
