import assert from 'node:assert/strict';
import {
  countMatches,
  type MatchPlace,
  mergeMatches,
  ordinalOf,
  stepMatch,
  type TurnMatches,
  toPattern,
} from '../../../src/chat/webview/find/matches.ts';

const matches = (text: string): TurnMatches[] =>
  text.split(' ').map((part) => {
    const [turnId = '', count] = part.split(':');
    return { turnId, count: Number(count) };
  });
const written = (turns: readonly TurnMatches[]): string =>
  turns.map(({ turnId, count }) => `${turnId}:${count}`).join(' ');
const found = (query: string, text: string): string[] => text.match(toPattern(query) ?? /$^/g) ?? [];

describe('the pattern of a search', () => {
  it('takes what is typed literally, whatever the case', () => {
    assert.deepEqual(found('a.b(c)[d]{e}', 'axb A.B(C)[D]{E}'), ['A.B(C)[D]{E}']);
    assert.deepEqual(found('\\d+ | ^$/*?-', '12 \\D+ | ^$/*?- '), ['\\D+ | ^$/*?-']);
    assert.deepEqual(found('ÄRGER', 'ärger'), ['ärger']);
    assert.deepEqual(found('函数', '这个函数调用函数'), ['函数', '函数']);
    // Lower case of this letter is two letters: places must not shift.
    assert.equal('İx total'.search(toPattern('total') ?? ''), 3);
  });

  it('finds a space wherever the text breaks', () => {
    assert.deepEqual(found('the list', 'the\nlist the  list'), ['the\nlist', 'the  list']);
  });

  it('is none for nothing', () => {
    assert.equal(toPattern(''), undefined);
    assert.equal(toPattern(' \n'), undefined);
  });
});

describe('matches of host and view', () => {
  it('count as the view sees them where it has the turn', () => {
    const merged = mergeMatches(matches('a:2 c:3 d:1 f:4'), matches('b:0 c:2 d:0 e:0'));
    assert.equal(written(merged), 'a:2 c:2 d:0 f:4');
    assert.equal(countMatches(merged), 8);
  });

  it('take in what only the view found, in the order of the conversation', () => {
    assert.equal(
      written(mergeMatches(matches('a:1 c:1 f:1'), matches('b:1 c:1 d:2'))),
      'a:1 b:1 c:1 d:2 f:1',
    );
    assert.equal(written(mergeMatches([], matches('a:1 b:0 c:2'))), 'a:1 c:2');
    assert.equal(written(mergeMatches(matches('a:1 b:2'), [])), 'a:1 b:2');
  });

  it('lead from one to the next, over turns without any, around the ends', () => {
    const all = matches('a:2 b:0 c:1');
    const walk = (step: 1 | -1): string[] => {
      const places: string[] = [];
      let place: MatchPlace | undefined;
      for (let count = 0; count < 4; count++) {
        place = stepMatch(all, place, step);
        places.push(`${place?.turnId}${place?.index}`);
      }
      return places;
    };
    assert.deepEqual(walk(1), ['a0', 'a1', 'c0', 'a0']);
    assert.deepEqual(walk(-1), ['c0', 'a1', 'a0', 'c0']);
    assert.deepEqual(stepMatch(all, { turnId: 'b', index: 0 }, 1), { turnId: 'c', index: 0 });
    assert.deepEqual(stepMatch(all, { turnId: 'b', index: 0 }, -1), { turnId: 'a', index: 1 });
    assert.deepEqual(stepMatch(matches('a:1'), { turnId: 'a', index: 0 }, 1), { turnId: 'a', index: 0 });
    assert.equal(stepMatch(matches('a:0'), undefined, 1), undefined);
    assert.equal(stepMatch([], undefined, -1), undefined);
  });

  it('know their number', () => {
    const all = matches('a:2 b:0 c:1');
    assert.equal(ordinalOf(all, { turnId: 'a', index: 1 }), 2);
    assert.equal(ordinalOf(all, { turnId: 'c', index: 0 }), 3);
    assert.equal(ordinalOf(all, { turnId: 'b', index: 0 }), undefined);
    assert.equal(ordinalOf(all, { turnId: 'x', index: 0 }), undefined);
  });
});
