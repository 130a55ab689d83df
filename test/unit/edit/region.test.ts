import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editsBetween } from '../../../src/edit/common/edits.ts';
import { decide, hunksOf } from '../../../src/edit/common/hunks.ts';
import { propose } from '../../../src/edit/common/propose.ts';
import { type Change, rebase } from '../../../src/edit/common/rebase.ts';
import { createRegion, type Region, regionText } from '../../../src/edit/common/region.ts';
import { assertCpuWithin } from '../../support/cpuTime.ts';
import { fuzzRuns } from '../../support/fullRun.ts';

/** A document that shows the region, updated as an editor would. */
class Shown {
  text: string;
  region: Region;

  constructor(head: string, own: string, tail: string, eol: '\n' | '\r\n' = '\n') {
    this.text = head + own + tail;
    this.region = createRegion(own, { start: head.length, eol });
  }

  /** Applies the edits to another state of the region. */
  become(next: Region): void {
    const outside = [this.before, this.after];
    let text = this.text;
    for (const { start, end, text: inserted } of editsBetween(this.region, next).reverse())
      text = text.slice(0, start) + inserted + text.slice(end);
    this.text = text;
    this.region = next;
    assert.deepEqual([this.before, this.after], outside, 'nothing outside changes');
    this.check();
  }

  /** A change by the user. */
  change(change: Change): void {
    const { offset, deleted, text } = change;
    this.text = this.text.slice(0, offset) + text + this.text.slice(offset + deleted);
    this.region = rebase(this.region, change);
    this.check();
  }

  check(): void {
    const { start } = this.region;
    const own = regionText(this.region);
    assert.equal(this.text.slice(start, start + own.length), own);
  }

  get before(): string {
    return this.text.slice(0, this.region.start);
  }

  get after(): string {
    return this.text.slice(this.region.start + regionText(this.region).length);
  }
}

describe('a region under edit', () => {
  it('shows old lines above new ones, and what was not reached as it was', () => {
    const shown = new Shown('head\n', 'a\nb\nc\nd\n', 'tail\n');
    shown.become(propose(shown.region, { answer: ['a', 'B'], complete: false }));
    assert.equal(shown.text, 'head\na\nB\nb\nc\nd\ntail\n');
    shown.become(propose(shown.region, { answer: ['a', 'B', 'c', 'D'], complete: true }));
    assert.equal(shown.text, 'head\na\nb\nB\nc\nd\nD\ntail\n');
    assert.deepEqual(
      hunksOf(shown.region).map(({ start, middle, end }) => [
        shown.text.slice(start, middle),
        shown.text.slice(middle, end),
      ]),
      [
        ['b\n', 'B\n'],
        ['d\n', 'D\n'],
      ],
    );
  });

  it('decides hunk by hunk', () => {
    const shown = new Shown('', 'a\nb\nc\n', '');
    shown.become(propose(shown.region, { answer: ['A', 'b', 'C'], complete: true }));
    const [first, second] = hunksOf(shown.region);
    shown.become(decide(shown.region, 'reject', second?.id));
    assert.equal(shown.text, 'a\nA\nb\nc\n');
    shown.become(decide(shown.region, 'accept', first?.id));
    assert.equal(shown.text, 'A\nb\nc\n');
    assert.deepEqual(hunksOf(shown.region), []);
    const before = shown.region;
    shown.become(decide(shown.region, 'accept', first?.id));
    assert.deepEqual(shown.region, before, 'twice is once');
  });

  it('keeps the missing line end of the document’s last line', () => {
    for (const decision of ['accept', 'reject'] as const) {
      const shown = new Shown('x\n', 'a\nb', '');
      shown.become(propose(shown.region, { answer: ['a', 'B', 'C'], complete: true }));
      assert.equal(shown.text, 'x\na\nb\nB\nC');
      shown.become(decide(shown.region, decision));
      assert.equal(shown.text, decision === 'accept' ? 'x\na\nB\nC' : 'x\na\nb');
    }
  });

  it('writes CRLF where the document has it', () => {
    const shown = new Shown('x\r\n', 'a\r\nb\r\n', 'y', '\r\n');
    shown.become(propose(shown.region, { answer: ['a', '你好🌉'], complete: true }));
    shown.become(decide(shown.region, 'accept'));
    assert.equal(shown.text, 'x\r\na\r\n你好🌉\r\ny');
  });

  it('fills an empty place', () => {
    const shown = new Shown('x\n', '', '');
    shown.become(propose(shown.region, { answer: ['a', 'b'], complete: true }));
    shown.become(decide(shown.region, 'accept'));
    assert.equal(shown.text, 'x\na\nb\n');
  });

  it('gives a red line back to the user who edits it', () => {
    const shown = new Shown('', 'a\nb\n', '');
    shown.become(propose(shown.region, { answer: ['A', 'B'], complete: true }));
    shown.change({ offset: 1, deleted: 0, text: ' mine' });
    shown.become(decide(shown.region, 'accept'));
    assert.equal(shown.text, 'a mine\nA\nB\n');
  });

  it('takes what is typed at the beginning of a line for a part of that line', () => {
    const shown = new Shown('', 'a\nb\n', '');
    shown.become(propose(shown.region, { answer: ['A', 'b'], complete: true }));
    assert.equal(shown.text, 'a\nA\nb\n');
    shown.change({ offset: 4, deleted: 0, text: 'my ' });
    shown.become(decide(shown.region, 'reject'));
    assert.equal(shown.text, 'a\nmy b\n');
  });

  it('keeps what the user changes in lines the answer has not reached', () => {
    const shown = new Shown('', 'a\nb\nc\nd\n', '');
    shown.become(propose(shown.region, { answer: ['A'], complete: false }));
    shown.change({ offset: shown.text.indexOf('d'), deleted: 1, text: 'dd' });
    shown.become(propose(shown.region, { answer: ['A', 'b', 'c', 'd'], complete: true }));
    shown.become(decide(shown.region, 'accept'));
    assert.equal(shown.text, 'A\nb\nc\ndd\n');
  });

  it('keeps what the user writes into new lines while more of them come', () => {
    const shown = new Shown('', 'a\n', '');
    shown.become(propose(shown.region, { answer: ['one', 'two'], complete: false }));
    shown.change({ offset: shown.text.indexOf('two'), deleted: 3, text: 'zwei\ndrei' });
    shown.become(propose(shown.region, { answer: ['one', 'two', 'three'], complete: true }));
    shown.become(decide(shown.region, 'accept'));
    assert.equal(shown.text, 'one\nzwei\ndrei\nthree\n');
  });

  it('compares 20,000 lines', () => {
    const own = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    const answer = own.map((line, index) => (index % 200 === 0 ? `${line} changed` : line));
    assertCpuWithin(5000, () => {
      const shown = new Shown('', `${own.join('\n')}\n`, '');
      shown.become(propose(shown.region, { answer, complete: true }));
      assert.equal(hunksOf(shown.region).length, 100);
      shown.become(decide(shown.region, 'accept'));
      assert.equal(shown.text, `${answer.join('\n')}\n`);
    });
  });

  it('takes answers that have nothing in common with 20,000 lines', () => {
    const own = Array.from({ length: 20_000 }, (_, index) => `old ${index}\n`).join('');
    const answer = Array.from({ length: 20_000 }, (_, index) => `new ${index}`);
    const shown = new Shown('', own, '');
    shown.become(propose(shown.region, { answer, complete: true }));
    shown.become(decide(shown.region, 'reject'));
    assert.equal(shown.text, own);
  });
});

describe('a region under random answers, edits and decisions', () => {
  const line = fc.constantFrom('', '}', 'a', '  b', '\tc', '你好', '🌉👨‍👩‍👧', 'return x;');
  const block = fc.array(line, { maxLength: 8 });
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('user' as const),
        at: fc.nat(),
        deleted: fc.nat(6),
        breaks: fc.boolean(),
        typed: fc.nat(3),
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('stream' as const), lines: fc.nat(8) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('revise' as const), answer: block }) },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constant('decide' as const), accept: fc.boolean(), which: fc.nat() }),
    },
  );
  const scene = fc.record({
    head: block,
    own: block,
    tail: block,
    endsWithLine: fc.boolean(),
    eol: fc.constantFrom('\n' as const, '\r\n' as const),
    answer: block,
    steps: fc.array(step, { maxLength: 14 }),
  });

  const build = ({
    head,
    own,
    tail,
    endsWithLine,
    eol,
  }: {
    head: string[];
    own: string[];
    tail: string[];
    endsWithLine: boolean;
    eol: '\n' | '\r\n';
  }): Shown => {
    const join = (all: string[]): string => all.map((one) => one + eol).join('');
    const ownText = tail.length === 0 && !endsWithLine ? own.join(eol) : join(own);
    return new Shown(join(head), ownText, join(tail), eol);
  };

  it('without the user: rejecting gives the old text, accepting the answer', () => {
    fc.assert(
      fc.property(scene, (made) => {
        const { answer, eol } = made;
        const shown = build(made);
        const before = shown.text;
        const own = regionText(shown.region);
        for (let reached = 0; reached <= answer.length; reached++) {
          shown.become(propose(shown.region, { answer: answer.slice(0, reached), complete: false }));
          assert.equal(decideText(shown, 'reject'), before, 'at any time');
        }
        shown.become(propose(shown.region, { answer, complete: true }));
        assert.equal(decideText(shown, 'reject'), before);
        const ended = own === '' || own.endsWith(eol);
        const expected = ended ? answer.map((one) => one + eol).join('') : answer.join(eol);
        shown.become(decide(shown.region, 'accept'));
        assert.equal(regionText(shown.region), expected);
      }),
      { numRuns: fuzzRuns(3000, ['src/edit']) },
    );
  });

  it('loses no character of the user’s, and no other that he did not delete', () => {
    fc.assert(
      fc.property(scene, (made) => {
        const shown = build(made);
        let { answer } = made;
        let complete = false;
        let mark = 0xe000;
        /** The original with only the user's changes. */
        let mirror = shown.text;
        let accepted = false;
        for (const one of made.steps) {
          if (one.type === 'user') {
            const at = one.at % (shown.text.length + 1);
            let typed = '';
            for (let count = 0; count < one.typed; count++) typed += String.fromCharCode(mark++);
            if (one.breaks && typed !== '') typed += made.eol;
            const deleted = Math.min(one.deleted, shown.text.length - at);
            if (tears(shown.text, at) || tears(shown.text, at + deleted)) continue;
            const change = { offset: at, deleted, text: typed };
            const withUser = mirrored(shown, change);
            shown.change(change);
            mirror = accepted ? mirror : withUser(oldDocument(shown));
          } else if (one.type === 'decide') {
            if (!complete) continue;
            const hunks = hunksOf(shown.region);
            const hunk = hunks[one.which % Math.max(1, hunks.length)];
            const userText = one.accept ? marksIn(shown.text) : marksIn(oldDocument(shown));
            if (one.accept && hunk) accepted = true;
            shown.become(decide(shown.region, one.accept ? 'accept' : 'reject', hunk?.id));
            for (const character of userText) assert.ok(shown.text.includes(character), 'kept by a decision');
          } else if (!complete) {
            if (one.type === 'revise') answer = one.answer;
            const reached = one.type === 'stream' ? answer.slice(0, one.lines) : answer;
            complete = one.type === 'stream' && one.lines >= answer.length;
            const userText = marksIn(shown.text);
            shown.become(propose(shown.region, { answer: reached, complete }));
            assert.equal(sorted(marksIn(shown.text)), sorted(userText), 'kept while the answer comes');
          }
        }
        if (!accepted) assert.equal(decideText(shown, 'reject'), mirror);
        const typed = marksIn(shown.text);
        shown.become(decide(shown.region, 'accept'));
        assert.equal(sorted(marksIn(shown.text)), sorted(typed), 'kept by accepting all');
        assert.deepEqual(hunksOf(shown.region), []);
      }),
      { numRuns: fuzzRuns(5000, ['src/edit']) },
    );
  });
});

const sorted = (text: string): string => [...text].sort().join('');
const marksIn = (text: string): string => text.replaceAll(/[^\ue000-\uf8ff]/g, '');
const tears = (text: string, offset: number): boolean =>
  /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])/.test(text.slice(offset - 1, offset + 1));

function decideText(shown: Shown, decision: 'accept' | 'reject'): string {
  const next = decide(shown.region, decision);
  let { text } = shown;
  for (const edit of editsBetween(shown.region, next).reverse())
    text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return text;
}

/** The document without the proposal. */
function oldDocument(shown: Shown): string {
  return decideText(shown, 'reject');
}

/**
 * What the user's change makes of the original, by plain counting: characters of new lines are not in it. Whether what
 * he typed went to a new line is told by what is there afterwards; then it must be there.
 */
function mirrored(shown: Shown, { offset, deleted, text }: Change): (after: string) => string {
  const isNew: boolean[] = Array.from({ length: shown.text.length }, () => false);
  let position = shown.region.start;
  for (const one of shown.region.lines) {
    for (let step = 0; step < one.text.length; step++) isNew[position++] = one.status === 'new';
  }
  const kept = (from: number, to: number): string => {
    let out = '';
    for (let index = from; index < to; index++) if (!isNew[index]) out += shown.text[index];
    return out;
  };
  const head = kept(0, offset);
  const tail = kept(offset + deleted, shown.text.length);
  return (after) => {
    const sameButEnd = (left: string, right: string): boolean =>
      left.replace(/[\r\n]+$/, '') === right.replace(/[\r\n]+$/, '');
    if (sameButEnd(after, head + text + tail) || sameButEnd(after, head + tail)) return after;
    assert.fail(
      `${JSON.stringify(after)} is neither ${JSON.stringify(head + text + tail)} nor without what was typed`,
    );
  };
}
