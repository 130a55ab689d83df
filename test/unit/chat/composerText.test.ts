/** What the composer makes of numbers, drafts and questions, as pure functions. */

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contextLevel, summarisedTurns } from '../../../src/chat/webview/composer/contextLevel.ts';
import { mergeDrafts, newerDraft } from '../../../src/chat/webview/composer/draftMerge.ts';
import { createQuestionRecall } from '../../../src/chat/webview/composer/questionRecall.ts';
import { formatTokens } from '../../../src/chat/webview/composer/tokenCount.ts';
import { directionOf } from '../../../src/ui/webview/textDirection.ts';
import { createThrottle } from '../../../src/ui/webview/throttle.ts';

const context = { tokens: 50, exact: false, limit: 100, omittedTurns: 0, summarising: false };

describe('token counts', () => {
  it('are read in K of 1024', () => {
    const expected = {
      0: '0',
      999: '999',
      1000: '1.0K',
      3277: '3.2K',
      10188: '9.9K',
      10189: '10K',
      131072: '128K',
      1023487: '999K',
      1023488: '1.0M',
      1048576: '1.0M',
    };
    for (const [tokens, text] of Object.entries(expected)) assert.equal(formatTokens(Number(tokens)), text);
  });

  it('take four characters at most', () => {
    fc.assert(fc.property(fc.nat(100_000_000), (tokens) => formatTokens(tokens).length <= 4));
  });
});

describe('context level', () => {
  it('warns from 80 % on, and when turns are left out', () => {
    assert.deepEqual(contextLevel({ ...context, tokens: 79 }), { percent: 79, tight: false, tooLong: false });
    assert.equal(contextLevel({ ...context, tokens: 80 }).tight, true);
    assert.equal(contextLevel({ ...context, omittedTurns: 1 }).tight, true);
    assert.deepEqual(contextLevel({ ...context, tokens: 101 }), { percent: 100, tight: true, tooLong: true });
    assert.equal(contextLevel({ ...context, limit: 0 }).percent, 100);
    assert.deepEqual(contextLevel({ ...context, limit: undefined }), { tight: false, tooLong: false });
  });

  it('counts the turns a summary stands for, where it can', () => {
    const turns = [{ id: 'a' }, { id: 'b' }];
    const through = (id?: string) =>
      summarisedTurns({ ...context, summarisedThroughTurnId: id }, { turns, earlier: 3 });
    assert.deepEqual([through(), through('b'), through('z')], [0, 5, undefined]);
  });
});

describe('drafts', () => {
  it('are merged so that both texts are there', () => {
    assert.equal(mergeDrafts('from the host', ''), 'from the host');
    assert.equal(mergeDrafts('back\n\ntyped', 'typed'), 'back\n\ntyped');
    assert.equal(mergeDrafts('typ', 'typed'), 'typed');
    assert.equal(mergeDrafts('', 'typed'), 'typed');
    fc.assert(
      fc.property(fc.string(), fc.string(), (host, typed) => {
        const merged = mergeDrafts(host, typed);
        return merged.includes(host) && (typed.trim() === '' || merged.includes(typed));
      }),
    );
  });

  it('begin with the newer text', () => {
    const told = (text: string) => ({ text, told: true });
    const untold = (text: string) => ({ text, told: false });
    assert.equal(newerDraft('hal', told('half')), 'half');
    assert.equal(newerDraft(undefined, told('half')), 'half');
    assert.equal(newerDraft(undefined, undefined), '');
    assert.equal(newerDraft('', told('sent from another panel')), '');
    assert.equal(newerDraft('other', told('half')), 'other');
    assert.equal(newerDraft('other', undefined), 'other');
    assert.equal(
      newerDraft('', untold('typed before the panel was hidden')),
      'typed before the panel was hidden',
    );
    assert.equal(newerDraft('half', untold('hal')), 'hal');
    assert.equal(newerDraft('half', untold('')), '');
    assert.equal(newerDraft('other', untold('half')), 'other\n\nhalf');
  });

  it('have the direction of their first letter', () => {
    assert.deepEqual(['', '12 abc', '- שלום abc', 'مرحبا', '你好', `${' '.repeat(2000)}ש`].map(directionOf), [
      'ltr',
      'ltr',
      'rtl',
      'rtl',
      'ltr',
      'ltr',
    ]);
  });
});

describe('question recall', () => {
  it('goes back and forth, and never touches what the user wrote', () => {
    const recall = createQuestionRecall();
    const questions = ['a', 'b', 'b', ' ', 'c'];
    assert.equal(recall.step(-1, 'draft', questions), undefined);
    assert.equal(recall.step(1, '', questions), undefined);
    assert.deepEqual(
      ['', 'c', 'b', 'a'].map((text) => recall.step(-1, text, questions)),
      ['c', 'b', 'a', undefined],
    );
    assert.equal(recall.step(1, 'a', questions), 'b');
    assert.equal(recall.step(1, 'b changed', questions), undefined);
    assert.equal(recall.step(-1, 'b', questions), undefined, 'it is a draft by now');
  });
});

describe('throttle', () => {
  it('sends what waits at once when it is flushed, and nothing twice', () => {
    const sent: number[] = [];
    const throttle = createThrottle<number>(10_000, (value) => sent.push(value));
    throttle.push(1);
    throttle.push(2);
    throttle.push(3);
    assert.deepEqual(sent, [1]);
    throttle.flush();
    throttle.flush();
    assert.deepEqual(sent, [1, 3]);
    throttle.push(4);
    throttle.cancel();
    throttle.flush();
    assert.deepEqual(sent, [1, 3]);
  });
});
