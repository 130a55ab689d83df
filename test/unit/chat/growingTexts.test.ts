import assert from 'node:assert/strict';
import { Additions, type GrowingTexts, growTexts } from '../../../src/chat/webview/growingTexts.ts';

describe('texts that grow', () => {
  it('give what was added since any length, joined', () => {
    const whole = '你好, world';
    const added = [...whole].reduce((before, piece) => before.add(piece), Additions.after(3));
    for (let length = 3; length <= 3 + whole.length + 1; length++)
      assert.equal(added.since(length), whole.slice(length - 3), `since ${length}`);
    const long = Additions.after(0).add('one').add('').add('two three').add('four');
    for (let length = 0; length <= 16; length++)
      assert.equal(long.since(length), 'onetwo threefour'.slice(length), `since ${length}`);
  });

  it('do not know what was there before', () => {
    const added = Additions.after(10).add('more');
    assert.equal(added.since(9), undefined);
    assert.equal(added.since(10), 'more');
  });

  it('may go on in two ways', () => {
    const both = Additions.after(0).add('a');
    const [one, other] = [both.add('b').add('c'), both.add('d')];
    assert.deepEqual([both.since(0), one.since(0), other.since(0)], ['a', 'abc', 'ad']);
  });

  it('keep the whole of both texts, and what was added to each', () => {
    let texts: GrowingTexts = { text: 'start', reasoning: '' };
    for (let index = 0; index < 1000; index++) texts = growTexts(texts, { text: 'four', reasoning: 'r' });
    assert.equal(texts.text, `start${'four'.repeat(1000)}`);
    assert.equal(texts.reasoning, 'r'.repeat(1000));
    assert.equal(texts.added?.text.since(5 + 4000 - 6), 'urfour');
    assert.equal(texts.added?.reasoning.since(998), 'rr');
  });
});
