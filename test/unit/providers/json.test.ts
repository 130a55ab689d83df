import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  JsonLimitError,
  jsonLimits,
  parseBoundedJson,
  parseJson,
  withFirstOf,
} from '../../../src/providers/sse/json.ts';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const list = (count: number): string => `[${'1,'.repeat(count - 1)}1]`;
/** Long enough to be looked at. */
const padding = ' '.repeat(2000);

describe('JSON from servers', () => {
  it('is read up to a depth, and not beyond it', () => {
    assert.ok(parseBoundedJson(nested(jsonLimits.depth)));
    assert.throws(() => parseBoundedJson(nested(jsonLimits.depth + 1)), JsonLimitError);
    assert.throws(() => parseBoundedJson('{"a":'.repeat(100_000)), JsonLimitError);
    assert.equal(parseJson(nested(jsonLimits.depth + 1)), undefined);
  });

  it('is read up to a number of values, and not beyond it', () => {
    // The list is a value, too.
    assert.ok(parseBoundedJson(list(jsonLimits.values)));
    assert.throws(() => parseBoundedJson(list(jsonLimits.values + 1)), JsonLimitError);
    assert.throws(() => parseBoundedJson(`{"a":[${'{},'.repeat(jsonLimits.values)}1]}`), JsonLimitError);
    assert.throws(() => parseBoundedJson(`{${'"a":1,'.repeat(jsonLimits.values)}"a":1}`), JsonLimitError);
    assert.equal(parseJson(list(jsonLimits.values + 1)), undefined);
  });

  it('may hold any text, however long', () => {
    const text = '[{,"\\'.repeat(500_000);
    assert.equal(parseBoundedJson(JSON.stringify(text)), text);
  });

  it('is what JSON.parse makes of it, whatever it holds', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
        assert.deepEqual(parseBoundedJson(text + padding), JSON.parse(text));
      }),
    );
    for (const text of ['', '{', '"', '"\\', 'nul', '[1,]', `"${padding}`])
      assert.equal(parseJson(text), undefined);
  });

  it('gives a schema no more of a list than is needed', () => {
    assert.deepEqual(withFirstOf({ a: [1, 2, 3], b: [4, 5] }, 'a'), { a: [1], b: [4, 5] });
    for (const value of [{ a: [1] }, { a: 'xy' }, null, 'a', [1, 2]])
      assert.equal(withFirstOf(value, 'a'), value);
  });
});
