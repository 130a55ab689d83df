import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prepare, single } from 'fuzzysort';
import { makePaths } from '../../../bench/context/names.ts';
import { boundOf, marksOf, toOwnScore, toPattern, toScore } from '../../../src/context/host/scoreBound.ts';

/** Fails when a text could be passed over although the library scores it higher. */
function assertBounded(text: string, query: string): void {
  const score = single(query, prepare(text))?.score;
  const pattern = toPattern(query);
  if (score === undefined || !pattern) return;
  const told = JSON.stringify([text, query, score]);
  assert.equal((marksOf(text) & pattern.marks) >>> 0, pattern.marks, told);
  const bytes = Buffer.from(text);
  assert.ok(toScore(boundOf(pattern, bytes, 0, bytes.length)) >= score - 1e-9, told);
}

/** Characters that fuzzysort treats each in its own way. */
const characters = [...'aabbAB.-_/ 1\\"`éÉøØΣςİıﬁＡ’…订单ぱ한\u0301', '💥', '𐐀'];
const text = fc.array(fc.constantFrom(...characters), { maxLength: 14 }).map((parts) => parts.join(''));
const query = fc.array(fc.constantFrom(...characters), { maxLength: 5 }).map((parts) => parts.join(''));

describe('the bound of a score', () => {
  it('is no lower than the score, for any text and query', () => {
    fc.assert(fc.property(text, query, assertBounded), { numRuns: 20_000 });
    // After a letter with an accent no word begins, which the bound does not see.
    assertBounded(`a.b${'x'.repeat(40)}éab`, 'ab');
  });

  it('is no lower than the score for parts of real-looking paths, and often the score itself', () => {
    const paths = makePaths(300);
    let equal = 0;
    let compared = 0;
    for (const [at, path] of paths.entries()) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      for (const wanted of [name.slice(0, 1), name.slice(0, 4), name.slice(2, 6), `${name.slice(0, 2)} ts`]) {
        assertBounded(name, wanted);
        assertBounded(path, wanted);
        for (const other of paths.slice(at, at + 20)) assertBounded(other, wanted);
      }
      const wanted = name.slice(0, 3);
      const pattern = toPattern(wanted);
      if (!pattern || !/^[\0-\x7f]*$/.test(name)) continue;
      compared += 1;
      const bound = toScore(boundOf(pattern, Buffer.from(name), 0, name.length));
      if (Math.abs(bound - (single(wanted, prepare(name))?.score ?? 0)) < 1e-9) equal += 1;
    }
    assert.ok(equal > compared * 0.9, `${equal} of ${compared}`);
  });

  it('tells what does not match', () => {
    const bytes = Buffer.from('src/cart.ts');
    const bound = (query: string): number => {
      const pattern = toPattern(query);
      return pattern ? boundOf(pattern, bytes, 0, bytes.length) : 0;
    };
    assert.equal(bound('trac'), Number.NEGATIVE_INFINITY);
    assert.equal(bound('cart q'), Number.NEGATIVE_INFINITY);
    assert.ok(bound('scts') > Number.NEGATIVE_INFINITY);
    assert.equal(toPattern('  '), undefined);
  });

  it('converts scores there and back', () => {
    for (const own of [-0.5, -3, -40, -2000])
      assert.ok(Math.abs(toOwnScore(toScore(own)) - own) < 1e-6 * -own);
    assert.equal(toOwnScore(0), Number.NEGATIVE_INFINITY);
  });
});
