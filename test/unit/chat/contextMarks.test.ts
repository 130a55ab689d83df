/** Which turns of the view are marked as left out of the next request. */

import assert from 'node:assert/strict';
import type { ContextView } from '../../../src/chat/common/protocol.ts';
import { contextMarks } from '../../../src/chat/webview/transcript/contextMarks.ts';
import { turn } from '../../webview/samples.ts';

const turns = ['a', 'b', 'c'].map((id) => ({ ...turn(id), revision: 0 }));
const context = (fields: Partial<ContextView>): ContextView => ({
  tokens: 1,
  exact: false,
  omittedTurns: 0,
  summarising: false,
  ...fields,
});

describe('marks of the context', () => {
  it('are none while everything is sent', () => {
    assert.deepEqual(contextMarks({ turns, earlier: 0, later: 0 }, undefined), { firstSent: 0 });
    const whole = context({ firstSentTurnId: 'a' });
    assert.deepEqual(contextMarks({ turns, earlier: 0, later: 0 }, whole), { firstSent: 0 });
  });

  it('stand above the first turn that is sent', () => {
    const cut = context({ omittedTurns: 2, firstSentTurnId: 'c' });
    assert.deepEqual(contextMarks({ turns, earlier: 0, later: 0 }, cut), {
      firstSent: 2,
      line: 'cut',
    });
  });

  it('know a view before and behind the cut', () => {
    const cut = context({ omittedTurns: 50, firstSentTurnId: 'elsewhere' });
    assert.deepEqual(contextMarks({ turns, earlier: 0, later: 97 }, cut), { firstSent: 3 });
    assert.deepEqual(contextMarks({ turns, earlier: 97, later: 0 }, cut), { firstSent: 0 });
  });

  it('stand below the last turn when none is sent', () => {
    const nothing = context({ omittedTurns: 3 });
    assert.deepEqual(contextMarks({ turns, earlier: 0, later: 0 }, nothing), {
      firstSent: 3,
      line: 'cut',
    });
  });

  it('tell of a summary', () => {
    const summary = context({ summarisedThroughTurnId: 'a', firstSentTurnId: 'b' });
    assert.deepEqual(contextMarks({ turns, earlier: 0, later: 0 }, summary), {
      firstSent: 1,
      line: 'summarised',
    });
    const all = context({ summarisedThroughTurnId: 'c' });
    assert.deepEqual(contextMarks({ turns, earlier: 0, later: 0 }, all), {
      firstSent: 3,
      line: 'summarised',
    });
  });
});
