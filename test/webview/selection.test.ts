/** What the reader selects in an answer stays selected while the answer grows and nodes under it are made anew. */

import assert from 'node:assert/strict';
import type { HostMessage } from '../../src/chat/common/protocol.ts';
import { snapshot, turn } from './samples.ts';
import { usePanel } from './usePanel.ts';

const running = turn('t1', { outcome: { status: 'running' } });
const delta = (text: string): HostMessage => ({ type: 'turn-delta', turnId: 't1', text, reasoning: '' });
const end: HostMessage = { type: 'turn-finish', turnId: 't1', outcome: { status: 'done' } };

interface Case {
  name: string;
  before: string;
  selected: string;
  /** The same as the selection has it, where lines break. */
  reads?: string;
  /** What comes then. */
  after: string;
  /** Which element shows that what was selected was made anew. */
  anew: string;
}

const cases: readonly Case[] = [
  {
    name: 'code gets its colours',
    before: 'So:\n\n```js\nconst one = 1;\nconst two = 2;\n',
    selected: 'one = 1;\nconst tw',
    after: '```\n\nThat is all.',
    anew: 'pre [class*="hljs"]',
  },
  {
    name: 'a list turns loose',
    before: '- first thing\n- second thing\n- third',
    selected: 'thingsecond',
    reads: 'thing second',
    after: '\n\n- fourth, after a blank line\n',
    anew: 'li > p',
  },
  {
    name: 'a reference is defined late',
    before: 'See [the page][p] for more, please.\n\nNext.',
    selected: 'for more',
    after: '\n\n[p]: https://example.com\n',
    anew: 'a[href^="https://example.com"]',
  },
  {
    name: 'words turn bold in the open paragraph',
    before: 'This is **very important',
    selected: 'important',
    after: '** indeed.',
    anew: 'strong',
  },
  {
    name: 'a block that was too deep ends before',
    before: `\`\`\`md\n\n\`\`\`\ntext one\n${'```a\n'.repeat(6)}`,
    selected: 'text one',
    after: '```a\n```a\n```a\n```a\nend\n',
    anew: 'p',
  },
];

describe('a selection in an answer', () => {
  const panel = usePanel();
  const selection = () =>
    panel.page.evaluate(() => {
      const now = getSelection();
      const range = now?.rangeCount ? now.getRangeAt(0) : undefined;
      return {
        text: now?.toString().replaceAll(/\s+/g, ' '),
        backward:
          range !== undefined &&
          (now?.anchorNode !== range.startContainer || now.anchorOffset !== range.startOffset),
      };
    });

  for (const { name, before, selected, reads = selected, after, anew } of cases)
    for (const backward of [false, true])
      it(`stays${backward ? ', backward too,' : ''} when ${name}`, async () => {
        const { page } = await panel.open();
        await panel.send(snapshot({ turns: [running] }), delta(before));
        await page.evaluate(select, { text: selected, backward });
        const expected = { text: reads.replaceAll(/\s+/g, ' '), backward };
        assert.deepEqual(await selection(), expected);
        await panel.send(delta(after), end);
        await page.locator(`.answer-text ${anew}`).first().waitFor();
        assert.deepEqual(await selection(), expected);
      });

  it('that a mouse is making goes on', async () => {
    const { page } = await panel.open();
    await panel.send(snapshot({ turns: [running] }), delta('```js\nconst one = 1;\nconst two = 2;\n'));
    const code = await page.locator('.answer-text pre > code').boundingBox();
    assert.ok(code);
    await page.mouse.move(code.x + 1, code.y + 4);
    await page.mouse.down();
    await page.mouse.move(code.x + 60, code.y + 4, { steps: 3 });
    const begun = await selection();
    assert.ok(begun.text);
    await panel.send(delta('```\n'), end);
    await page.locator('.answer-text pre [class*="hljs"]').first().waitFor();
    assert.deepEqual(await selection(), begun);
    await page.mouse.move(code.x + 60, code.y + code.height - 4, { steps: 3 });
    await page.mouse.up();
    assert.match((await selection()).text ?? '', /^const one = 1; const/);
  });

  it('elsewhere is left alone', async () => {
    const { page } = await panel.open();
    await panel.send(snapshot({ draft: 'my draft', turns: [running] }), delta('```js\nconst one = 1;\n'));
    await page.locator('.composer textarea').selectText();
    await panel.send(delta('```\n'), end);
    await page.locator('.answer-text pre [class*="hljs"]').first().waitFor();
    assert.deepEqual(
      await page
        .locator('.composer textarea')
        .evaluate((area) =>
          area instanceof HTMLTextAreaElement
            ? [area.selectionStart, area.selectionEnd, document.activeElement === area]
            : [],
        ),
      [0, 8, true],
    );
  });
});

/** Runs in the page: selects a text of the answer. */
function select({ text, backward }: { text: string; backward: boolean }): void {
  const answer = [...document.querySelectorAll('.answer-text')].at(-1);
  if (!answer) throw new Error('There is no answer.');
  const nodes: { node: Node; start: number }[] = [];
  let all = '';
  const walker = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node, start: all.length });
    all += node.textContent ?? '';
  }
  const from = all.indexOf(text);
  if (from === -1) throw new Error(`${text} is not in ${all}`);
  const place = (at: number): [Node, number] => {
    const found = nodes.findLast(({ start }) => start < at) ?? nodes[0];
    if (!found) throw new Error('There is no text.');
    return [found.node, at - found.start];
  };
  const [start, finish] = [place(from + 1), place(from + text.length)];
  start[1] -= 1;
  const [base, extent] = backward ? [finish, start] : [start, finish];
  getSelection()?.setBaseAndExtent(base[0], base[1], extent[0], extent[1]);
}
