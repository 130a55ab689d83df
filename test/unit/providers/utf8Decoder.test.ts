import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createUtf8Decoder } from '../../../src/providers/http/utf8Decoder.ts';

/** Letters, byte order marks, characters of two to four bytes, and bytes that begin or continue none. */
const bytes = fc.constantFrom(
  '41',
  '0a',
  'efbbbf',
  'ef',
  'e4bda0',
  'e4',
  'bd',
  'f09f9880',
  'f09f',
  'eda080',
  'c0',
  'ff',
);
const slices = fc.array(fc.array(bytes, { maxLength: 6 }), { maxLength: 6 });

describe('a UTF-8 decoder', () => {
  it('gives the text that TextDecoder gives, however the bytes are cut', () => {
    fc.assert(
      fc.property(slices, (cut) => {
        const own = createUtf8Decoder();
        const other = new TextDecoder();
        for (const slice of cut.map((pieces) => Buffer.from(pieces.join(''), 'hex')))
          assert.equal(own.decode(slice), other.decode(slice, { stream: true }));
        assert.equal(own.end(), other.decode());
      }),
      { numRuns: 2000 },
    );
  });
});
