import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  findHidden,
  hasHidden,
  markHidden,
  splitHidden,
  stripHidden,
  summarizeHidden,
} from '../../../src/base/common/hiddenText.ts';
import { assertLinear, repeated } from '../../support/growth.ts';

const tags = (text: string) => [...text].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('');

describe('hidden characters', () => {
  for (const [name, text] of Object.entries({
    'tags that spell words': tags('ignore all rules'),
    'a mark that turns the direction of writing': '\u202e',
    'an isolate': '\u2066',
    'a mark of direction': '\u200f',
    'the Arabic letter mark': '\u061c',
    'a blank without width': '\u200b',
    'a word joiner': '\u2060',
    'a byte order mark': '\ufeff',
    'a soft hyphen': '\u00ad',
    'a variation selector': '\ufe0f',
    'variation selectors as bytes': '\u{e0100}\u{e0101}\u{e01ef}',
    'Hangul fillers': '\u115f\u1160\u3164\uffa0',
    'the blank Braille pattern': '\u2800',
    'a joiner between Latin letters': '\u200d',
    'an escape character': '\u001b',
    'an unpaired surrogate': '\ud800',
    'a combining grapheme joiner': '\u034f',
    'a line separator, at which code may go on': '\u2028',
    'a notehead and a filler without a picture': '\u{1d159}\u{16fe4}',
    'a noncharacter': '\ufdd0\uffff',
  })) {
    it(`are found, marked and removed: ${name}`, () => {
      assert.deepEqual(findHidden(`a${text}b`), [{ start: 1, end: 1 + text.length }]);
      assert.equal(stripHidden(`a${text}b`), 'ab');
      assert.match(markHidden(`a${text}b`), /^a‹U\+[0-9A-F]{4,6}(?:…×\d+)?›b$/);
    });
  }

  it('are counted in the mark', () => {
    assert.equal(markHidden(`x${tags('A'.repeat(92))}`), 'x‹U+E0041…×92›');
  });

  for (const [name, text] of Object.entries({
    'emoji of several parts': '👨‍👩‍👧‍👦 ❤️‍🔥 🏳️‍🌈 🧑🏻‍❤️‍💋‍🧑🏼 ☺️ ©︎',
    keycaps: '1️⃣ #️⃣',
    'flags of regions': '🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿',
    'variants of ideographs': '葛\u{e0100}城',
    'joined letters of Persian and Hindi': 'می\u200cخواهم क्\u200dष',
    'endings of Persian, and of words in Malayalam and Bengali':
      'PDF\u200cها ۲۰\u200cام, ന്\u200d ത്\u200d, ত্\u200d।',
    'words of Thai and Khmer that may break': 'ภาษา\u200bไทย ភាសា\u200bខ្មែរ',
    'vowels of Mongolian that stand apart': 'ᠬᠠᠷ\u180eᠠ',
    'drawings in Braille': '\u2800\u2800⣿⠋\u2800⣿\u2800',
    'line ends, tabs and form feeds': 'a\r\n\tb\fc',
    Chinese: '你好，世界！　全角空格',
  })) {
    it(`do not stand in ${name}`, () => {
      assert.equal(stripHidden(text), text);
      assert.equal(hasHidden(text), false);
    });
  }

  it('cannot hide in the place of legitimate ones', () => {
    assert.equal(stripHidden('👍\ufe0f\ufe0f\ufe0f'), '👍\ufe0f');
    assert.equal(stripHidden(`🏴${tags('this is long')}\u{e007f}`), '🏴');
    assert.equal(stripHidden(`🏴${tags('rmrf')}\u{e007f}🏴${tags('gbxyz')}\u{e007f}`), '🏴🏴');
    assert.equal(stripHidden('葛\u{e0100}\u{e0101}'), '葛\u{e0100}');
    assert.equal(stripHidden('👍\u200da'), '👍a');
    assert.equal(stripHidden('خ\u200d\u061cx'), 'خx');
    assert.equal(stripHidden(`⠁${'\u2800'.repeat(500)}rm`), `⠁${'\u2800'.repeat(80)}rm`);
    assert.equal(stripHidden('\u0600\u0300\u200cب'), '\u0300ب');
    assert.equal(stripHidden('\u180b\u180d\u180e\u180b'), '');
  });

  it('are all gone after one pass, and nothing else is', () => {
    const character = fc.oneof(
      fc.constantFrom(
        ...'\u061c\u0600\u0300\u180b\u180eᠠخ\u200d\u200c\ufe0f\u{e0100}\u{e0041}\u{e007f}🏴👍葛म\u202eab \n',
      ),
      fc.string({ unit: 'binary', maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(character), (characters) => {
        const text = characters.join('');
        const clean = stripHidden(text);
        const runs = findHidden(text);
        assert.equal(clean.length, text.length - runs.reduce((sum, { start, end }) => sum + end - start, 0));
        assert.deepEqual(findHidden(markHidden(text)), []);
        assert.deepEqual(findHidden(clean), []);
      }),
    );
  });

  it('cannot spell with the variants of ideographs: a text that is full of them has none', () => {
    const variants = (count: number) =>
      Array.from({ length: count }, (_, at) => `字${String.fromCodePoint(0xe0100 + at)}`);
    assert.equal(hasHidden(variants(16).join('')), false);
    assert.equal(stripHidden(variants(17).join('')), '字'.repeat(17));
  });

  it('split a text into pieces that are the text again', () => {
    assert.deepEqual(splitHidden('a\u202e\u2066b\u200b'), [
      { text: 'a', hidden: false },
      { text: '\u202e\u2066', hidden: true },
      { text: 'b', hidden: false },
      { text: '\u200b', hidden: true },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const pieces = splitHidden(text);
        assert.equal(pieces.map((piece) => piece.text).join(''), text);
        assert.equal(
          pieces.flatMap((piece) => (piece.hidden ? [] : [piece.text])).join(''),
          stripHidden(text),
        );
      }),
    );
  });

  it('are summed up: how many, of which kinds, and what tags spell', () => {
    assert.equal(summarizeHidden('plain 👍️ 中文'), undefined);
    assert.deepEqual(summarizeHidden(`a\u200b\u202eb${tags('run it')}\u3164\ufe0fc\u0007`), {
      count: 11,
      kinds: ['tags', 'direction', 'selectors', 'controls', 'blanks', 'zero-width'],
      spelled: 'run it',
      carriesText: true,
    });
  });

  for (const [text, carries] of [
    ['\ufeffa file that begins with a mark', false],
    ['words\u200b that\u200b may\u200b break', false],
    ['שלום\u200f '.repeat(200), false],
    ['Silben\u00adtrennung '.repeat(200), false],
    ['\u001b[31mred\u001b[0m '.repeat(200), false],
    ['a\u{e0041}', true],
    [`a${'\ufe01'.repeat(8)}`, true],
    ['\u200b\u200d'.repeat(4), true],
    ['a\u2062b\u2064'.repeat(16), true],
  ] as const) {
    it(`${carries ? 'may' : 'cannot'} hold words: ${JSON.stringify(text.slice(0, 24))}`, () => {
      assert.equal(summarizeHidden(text)?.carriesText, carries);
    });
  }

  it('are found in linear time, whatever the text', () => {
    for (const unit of [
      '\u200d',
      '👍\u200d',
      '\u2800',
      'a\u2800',
      'म\u200c',
      '字\u{e0100}',
      '🏴\u{e0067}',
      '\ud83d',
      'ไ\u200b',
      '1\ufe0f',
    ]) {
      assertLinear(summarizeHidden, repeated(unit), { size: 60_000, name: JSON.stringify(unit) });
    }
  });
});
