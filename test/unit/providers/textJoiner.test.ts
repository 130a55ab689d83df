import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createCumulativeJoiner,
  createIncrementalJoiner,
  type TextJoiner,
} from '../../../src/providers/textJoiner.ts';

/** What a reader has in the end; the last frame is the last text. */
function join(joiner: TextJoiner, frames: (string | [text: string, outputTokens: number])[]): string {
  let whole = '';
  for (const [index, frame] of frames.entries()) {
    const [text, outputTokens] = typeof frame === 'string' ? [frame, undefined] : frame;
    const joined = joiner.push(text, { outputTokens, last: index === frames.length - 1 });
    if (joined) whole = joined.type === 'replace' ? joined.text : whole + joined.text;
  }
  return whole;
}

const prefixes = (text: string): string[] => Array.from(text, (_, i) => [...text].slice(0, i + 1).join(''));

describe('frames asked to be cumulative', () => {
  it('ends with the last frame', () => {
    assert.equal(join(createCumulativeJoiner(), ['a', 'ab', 'ab', 'abc']), 'abc');
    assert.equal(join(createCumulativeJoiner(), ['最近', '最近的', '最近的公园', '']), '最近的公园');
  });

  it('follows a revision', () => {
    assert.equal(
      join(createCumulativeJoiner(), ['I like', 'I love apples', 'I love apples!']),
      'I love apples!',
    );
  });

  it('holds a cut character back until it is whole', () => {
    const joiner = createCumulativeJoiner();
    assert.deepEqual(joiner.push('你\uFFFD', { last: false }), { type: 'delta', text: '你' });
    assert.deepEqual(joiner.push('你好', { last: false }), { type: 'delta', text: '好' });
  });

  it('notices that pieces come after all', () => {
    assert.equal(join(createCumulativeJoiner(), ['从前', '有一座', '山', '']), '从前有一座山');
  });
});

describe('frames asked to be pieces', () => {
  it('joins them, equal neighbours included', () => {
    assert.equal(join(createIncrementalJoiner(), ['哈', '哈', '哈', '']), '哈哈哈');
    assert.equal(
      join(createIncrementalJoiner(), [
        ['哈', 1],
        ['哈', 2],
        ['', 2],
      ]),
      '哈哈',
    );
    assert.equal(join(createIncrementalJoiner(), ['a', 'ab', 'c', '']), 'aabc');
    assert.equal(join(createIncrementalJoiner(), ['好', '好的', '']), '好好的');
  });

  it('never doubles an answer that comes cumulatively', () => {
    assert.equal(
      join(createIncrementalJoiner(), ['你', '你好', '你好！', '你好！再见', '你好！再见']),
      '你好！再见',
    );
    assert.equal(
      join(createIncrementalJoiner(), [
        ['你', 1],
        ['你', 1],
        ['你好', 2],
        ['你好啊', 3],
      ]),
      '你好啊',
    );
    assert.equal(join(createIncrementalJoiner(), ['你', '你好']), '你好');
  });

  it('ends with the whole text for any cumulative stream of three frames or more', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3 }), (text) => {
        assert.equal(join(createIncrementalJoiner(), prefixes(text)), text);
      }),
    );
  });

  it('ends with all pieces whenever the second does not continue the first', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 2 }), (pieces) => {
        fc.pre(!pieces[1]?.startsWith(pieces[0] ?? ''));
        assert.equal(join(createIncrementalJoiner(), [...pieces, '']), pieces.join(''));
      }),
    );
  });
});
