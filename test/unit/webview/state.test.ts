/** The panel's state as a function of the host's messages. */

import assert from 'node:assert/strict';
import type { HostMessage } from '../../../src/core/protocol.ts';
import { type PanelState, reduce, runningTurn } from '../../../src/webview/state.ts';
import { composer, conversation, snapshot, turn, windowOf } from '../../webview/samples.ts';

function stateAfter(...messages: HostMessage[]): PanelState {
  const state = messages.reduce<PanelState | undefined>(reduce, undefined);
  assert.ok(state);
  return state;
}

const running = turn('t1', { outcome: { status: 'running' } });

describe('panel state', () => {
  it('knows nothing before the first snapshot', () => {
    assert.equal(
      reduce(undefined, { type: 'turn-delta', turnId: 't1', text: 'x', reasoning: '' }),
      undefined,
    );
  });

  it('appends what streams, and leaves the other turns as they are', () => {
    const before = stateAfter(snapshot({ turns: [turn('t0', { text: 'old' }), running] }));
    const state = reduce(before, { type: 'turn-delta', turnId: 't1', text: '你', reasoning: 'why' });
    assert.equal(state?.turns[1]?.text, '你');
    assert.equal(state?.turns[1]?.reasoning, 'why');
    assert.equal(state?.turns[0], before.turns[0]);
  });

  it('marks a revised text, so that what was rendered is thrown away', () => {
    const state = stateAfter(
      snapshot({ turns: [running] }),
      { type: 'turn-delta', turnId: 't1', text: 'wrong', reasoning: '' },
      { type: 'turn-replace', turnId: 't1', text: 'right' },
    );
    assert.equal(state.turns[0]?.text, 'right');
    assert.equal(state.turns[0]?.revision, 1);
  });

  it('keeps what is rendered when the same turns are sent again', () => {
    const done = turn('t0', { text: 'old' });
    const state = stateAfter(snapshot({ turns: [done] }), {
      type: 'conversation-change',
      conversation,
      ...windowOf([done, turn('t2')]),
    });
    assert.deepEqual(
      state.turns.map(({ id, revision }) => [id, revision]),
      [
        ['t0', 0],
        ['t2', 0],
      ],
    );
  });

  it('ends a turn', () => {
    const state = stateAfter(snapshot({ turns: [running] }), {
      type: 'turn-finish',
      turnId: 't1',
      outcome: { status: 'stopped' },
    });
    assert.equal(runningTurn(state), undefined);
    assert.equal(state.turns[0]?.outcome.status, 'stopped');
  });

  const wait = { type: 'turn-wait', turnId: 't1', delayMs: 3000, attempt: 2, reason: 'Busy' } as const;
  const signsOfLife: HostMessage[] = [
    { type: 'turn-delta', turnId: 't1', text: 'x', reasoning: '' },
    { type: 'turn-replace', turnId: 't1', text: 'x' },
    { type: 'turn-finish', turnId: 't1', outcome: { status: 'stopped' } },
    { type: 'turn-start', turn: running },
    { type: 'conversation-change', conversation, ...windowOf([running]) },
    snapshot({ turns: [running] }),
  ];
  for (const sign of signsOfLife) {
    it(`waits for another try until ${sign.type}`, () => {
      const waiting = stateAfter(snapshot({ turns: [running] }), wait);
      assert.deepEqual(waiting.turns[0]?.wait, { delayMs: 3000, attempt: 2, reason: 'Busy' });
      assert.equal(reduce(waiting, sign)?.turns[0]?.wait, undefined);
    });
  }

  it('does not wait with a turn that has ended', () => {
    const state = stateAfter(snapshot({ turns: [turn('t1')] }), wait);
    assert.equal(state.turns[0]?.wait, undefined);
  });

  it('replaces a turn that starts again under its id', () => {
    const state = stateAfter(snapshot({ turns: [turn('t1', { text: 'failed' })] }), {
      type: 'turn-start',
      turn: running,
    });
    assert.equal(state.turns.length, 1);
    assert.equal(runningTurn(state)?.revision, 1);
  });

  it('takes a new draft only when the host has one', () => {
    const first = stateAfter(snapshot({ draft: 'mine' }), { type: 'composer-focus' });
    assert.deepEqual(first.draft, { text: 'mine', version: 1 });
    assert.equal(first.focusVersion, 1);
    const second = reduce(first, { type: 'composer-focus', text: 'yours' });
    assert.deepEqual(second?.draft, { text: 'yours', version: 2 });
  });

  it('ignores turns it does not know', () => {
    const state = stateAfter(snapshot());
    assert.equal(reduce(state, { type: 'turn-delta', turnId: 'gone', text: 'x', reasoning: '' }), state);
    assert.equal(reduce(state, { type: 'composer-change', composer })?.turns, state.turns);
  });
});
