import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createCumulativeJoiner,
  createIncrementalJoiner,
  type TextJoiner,
} from '../../../src/providers/dashscope/textJoiner.ts';

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
  const cases: [frames: string[], whole: string][] = [
    [['a', 'ab', 'ab', 'abc'], 'abc'],
    [['最近', '最近的', '最近的公园', ''], '最近的公园'],
    [['I like', 'I love apples', 'I love apples!'], 'I love apples!'],
    [['hello there', 'Hello there friend', 'Hello there friend!'], 'Hello there friend!'],
    [['\n 你', '你好', '你好吗'], '你好吗'],
    [['wrong', 'right'], 'right'],
    [['one two', 'one two three', 'one too', 'one too many'], 'one too many'],
  ];
  for (const [frames, whole] of cases) {
    it(`ends with the last one: ${JSON.stringify(frames)}`, () => {
      assert.equal(join(createCumulativeJoiner(), frames), whole);
    });
  }

  it('holds a cut character back until it is whole', () => {
    const joiner = createCumulativeJoiner();
    assert.deepEqual(joiner.push('你\uFFFD', { last: false }), { type: 'delta', text: '你' });
    assert.deepEqual(joiner.push('你好', { last: false }), { type: 'delta', text: '好' });
  });

  it('notices that pieces come after all', () => {
    assert.equal(join(createCumulativeJoiner(), ['从前', '有一座', '山', '']), '从前有一座山');
  });

  it('loses nothing when the answer breaks off', () => {
    const joiner = createCumulativeJoiner();
    joiner.push('wrong', { last: false });
    assert.equal(joiner.push('right', { last: false }), undefined);
    assert.deepEqual(joiner.flush(), { type: 'replace', text: 'right' });
  });
});

describe('frames asked to be pieces', () => {
  const cases: [frames: (string | [string, number])[], whole: string][] = [
    [['哈', '哈', '哈', ''], '哈哈哈'],
    [
      [
        ['哈', 1],
        ['哈', 2],
        ['', 2],
      ],
      '哈哈',
    ],
    [
      [
        ['哈', 0],
        ['哈', 0],
        ['!', 0],
      ],
      '哈哈!',
    ],
    [['a', 'ab', 'c', ''], 'aabc'],
    [['好', '好的', ''], '好好的'],
    [['-', '--', '---', 'abc', 'def'], '------abcdef'],
    [['\n', '\n\n', '\n\n```', 'js\nfoo'], '\n\n\n\n\n```js\nfoo'],
    [['哈', '哈哈', '哈哈哈', ''], '哈哈哈哈哈哈'],
    [['1', '10'], '110'],
  ];
  for (const [frames, whole] of cases) {
    it(`joins them: ${JSON.stringify(frames)}`, () => {
      assert.equal(join(createIncrementalJoiner(), frames), whole);
    });
  }

  const doubling: [frames: (string | [string, number])[], whole: string][] = [
    [['你', '你好', '你好！', '你好！再见', '你好！再见'], '你好！再见'],
    [
      [
        ['你', 1],
        ['你', 1],
        ['你好', 2],
        ['你好啊', 3],
      ],
      '你好啊',
    ],
    [['从前有座山', '从前有座山，山里有座庙'], '从前有座山，山里有座庙'],
    [['你好', '你好，我是', '你好，我是桥。', ''], '你好，我是桥。'],
  ];
  for (const [frames, whole] of doubling) {
    it(`never doubles whole texts: ${JSON.stringify(frames)}`, () => {
      assert.equal(join(createIncrementalJoiner(), frames), whole);
    });
  }

  it('ends with the whole text for any cumulative stream of three frames or more', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3 }), (text) => {
        fc.pre(!/^(.)\1*$/su.test(text));
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

  it('gives what was held back when the answer breaks off', () => {
    const joiner = createIncrementalJoiner();
    joiner.push('a', { last: false });
    assert.equal(joiner.push('ab', { last: false }), undefined);
    assert.deepEqual(joiner.flush(), { type: 'delta', text: 'ab' });
  });
});
