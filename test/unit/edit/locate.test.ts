import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedSpan } from '../../../src/edit/common/changedSpan.ts';
import { locate, toLineFeeds } from '../../../src/edit/common/locate.ts';

describe('finding attached code again', () => {
  it('finds it where it was, moved, twice, or not at all', () => {
    assert.deepEqual(locate('a\nb\nc', 'b', 1), { found: 'once', start: 2, end: 3, moved: false });
    assert.deepEqual(locate('x\na\nb\nc', 'b\nc', 1), { found: 'once', start: 4, end: 7, moved: true });
    assert.deepEqual(locate('b\nb\nc', 'b', 5), { found: 'often' });
    assert.deepEqual(locate('b\nb\nc', 'b', 1), { found: 'once', start: 2, end: 3, moved: false });
    assert.deepEqual(locate('b b', 'b', 0), { found: 'often' });
    assert.deepEqual(locate('b', 'B', 0), { found: 'never' });
    assert.deepEqual(locate('b', '', 0), { found: 'never' });
  });

  it('does not mind line ends, and gives offsets of the document itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[ab你🌏]{0,3}$/u)),
        fc.nat(),
        fc.nat(),
        (before, first, count) => {
          const lines = [...before, 'unique', 'more'];
          const document = lines.join('\r\n');
          const from = first % lines.length;
          const text = lines.slice(from, from + 1 + (count % lines.length)).join('\n');
          const place = locate(document, text, from);
          if (place.found !== 'once') return;
          assert.equal(toLineFeeds(document.slice(place.start, place.end)), text);
        },
      ),
    );
    assert.deepEqual(locate('a\r\nb\r\nc', 'b\nc', 1), { found: 'once', start: 3, end: 7, moved: false });
  });
});

describe('the span that changed', () => {
  it('makes the new text of the old one, and tears nothing apart', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '\r\n', '\n', '你', '🌏', '🌍'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const span = changedSpan(before, after);
        assert.equal(before.slice(0, span.start) + span.text + before.slice(span.end), after);
        for (const piece of [span.text, before.slice(0, span.start), before.slice(span.end)])
          assert.doesNotThrow(() => encodeURIComponent(piece));
        assert.ok(!(before[span.start - 1] === '\r' && before[span.start] === '\n'));
        assert.ok(!(before[span.end - 1] === '\r' && before[span.end] === '\n'));
      }),
      { numRuns: 1000 },
    );
  });

  it('is small', () => {
    assert.deepEqual(changedSpan('one\ntwo\nthree', 'one\n2\nthree'), { start: 4, end: 7, text: '2' });
    assert.deepEqual(changedSpan('same', 'same'), { start: 4, end: 4, text: '' });
  });
});
