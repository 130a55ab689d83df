import assert from 'node:assert/strict';
import type { PanelTurn } from '../../../src/chat/webview/state.ts';
import { createTurnHeights, estimateHeight } from '../../../src/chat/webview/transcript/turnHeights.ts';

const turn = (id: string, text: string): PanelTurn => ({ id, question: 'Why?', text }) as PanelTurn;
const text = 'Words of an answer, and more of them. '.repeat(20);

describe('heights of turns that are not in the page', () => {
  it('grow with the text, with its lines and in a narrower panel', () => {
    const of = (words: string, width = 400) => estimateHeight({ question: '?', text: words }, width);
    assert.ok(of(text + text) > of(text) * 1.5);
    assert.ok(of(text, 200) > of(text, 400));
    assert.ok(of('a\nb\nc\nd') > of('a b c d'));
    assert.ok(of('桥'.repeat(200)) > of('b'.repeat(200)), 'Chinese signs are wide');
    assert.ok(of('') >= 100);
    assert.ok(Number.isFinite(of(text, 0)), 'a panel that is not laid out yet');
  });

  it('are those that they had, as long as the panel has that width', () => {
    let width = 400;
    const heights = createTurnHeights(() => width);
    heights.remember('a', 777);
    assert.equal(heights.of(turn('a', text)), 777);
    assert.equal(heights.of(turn('b', text)), estimateHeight(turn('b', text), 400));
    width = 300;
    assert.equal(heights.of(turn('a', text)), estimateHeight(turn('a', text), 300));
    width = 400;
    assert.notEqual(heights.of(turn('a', text)), 777);
  });

  it('are remembered of the turns that were released last', () => {
    const heights = createTurnHeights(() => 400);
    for (let index = 0; index <= 2000; index++) heights.remember(`t${index}`, 777);
    assert.notEqual(heights.of(turn('t0', text)), 777);
    assert.equal(heights.of(turn('t1', text)), 777);
    assert.equal(heights.of(turn('t2000', text)), 777);
  });
});
