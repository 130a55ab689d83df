/** The panel's state as a function of the host's messages. */

import assert from 'node:assert/strict';
import { type PanelState, reduce, runningTurn, type StateMessage } from '../../../src/chat/webview/state.ts';
import { maximumTurns, withoutStart } from '../../../src/chat/webview/turnWindow.ts';
import { composer, conversation, snapshot, turn, windowOf } from '../../webview/samples.ts';

function stateAfter(...messages: StateMessage[]): PanelState {
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
  const signsOfLife: StateMessage[] = [
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

  it('takes attachments without the rest of the composer', () => {
    const before = stateAfter(snapshot());
    const after = reduce(before, { type: 'attachments-change', attachments: [] });
    assert.deepEqual(after?.composer, { ...before.composer, attachments: [] });
    assert.equal(after?.composer.models, before.composer.models);
    assert.equal(after?.turns, before.turns);
  });

  it('ignores turns it does not know', () => {
    const state = stateAfter(snapshot());
    assert.equal(reduce(state, { type: 'turn-delta', turnId: 'gone', text: 'x', reasoning: '' }), state);
    assert.equal(reduce(state, { type: 'composer-change', composer })?.turns, state.turns);
  });

  it('keeps running right, whether or not the view holds the turn', () => {
    const elsewhere = { ...windowOf([turn('t0')]), later: 3 };
    const base = stateAfter(snapshot(elsewhere));
    assert.equal(base.conversation.running, false);
    const started = reduce(base, { type: 'turn-start', turn: running });
    assert.equal(started?.conversation.running, true);
    const resumed = reduce(base, { type: 'turn-resume', turnId: 't1' });
    assert.equal(resumed?.conversation.running, true);
    const ended = reduce(started, { type: 'turn-finish', turnId: 't1', outcome: { status: 'done' } });
    assert.equal(ended?.conversation.running, false);
    const held = stateAfter(snapshot(windowOf([running])));
    assert.equal(held.conversation.running, true, 'the turn itself says so');
  });

  it('goes on running when an older turn is marked by the platform', () => {
    const finish = { type: 'turn-finish', outcome: { status: 'done' } } as const;
    const withOlder = stateAfter(snapshot(windowOf([turn('t0'), running])));
    assert.equal(reduce(withOlder, { ...finish, turnId: 't0' })?.conversation.running, true);
    assert.equal(reduce(withOlder, { ...finish, turnId: 'elsewhere' })?.conversation.running, true);
    const away = stateAfter(
      snapshot({ turns: [turn('t0')], later: 2, conversation: { ...conversation, running: true } }),
    );
    assert.equal(reduce(away, { ...finish, turnId: 't0' })?.conversation.running, true);
  });

  it('counts a turn that starts beyond the part it holds, and does not append it', () => {
    const state = stateAfter(snapshot({ turns: [turn('t0')], later: 5 }), {
      type: 'turn-start',
      turn: running,
    });
    assert.deepEqual(
      state.turns.map(({ id }) => id),
      ['t0'],
    );
    assert.equal(state.later, 6);
  });

  it('lets an answer go on: text and time of reasoning stay, notice and error go', () => {
    const cut = turn('t1', {
      text: 'half',
      outcome: { status: 'stopped', reasoningMs: 900, canContinue: true, notice: 'Stopped.' },
    });
    const state = stateAfter(
      snapshot({ turns: [cut] }),
      { type: 'turn-resume', turnId: 't1' },
      { type: 'turn-delta', turnId: 't1', text: ' and half', reasoning: '' },
    );
    assert.equal(state.turns[0]?.text, 'half and half');
    assert.deepEqual(state.turns[0]?.outcome, { status: 'running', reasoningMs: 900 });
  });

  it('takes the time of reasoning from the delta that ends it', () => {
    const state = stateAfter(
      snapshot({ turns: [running] }),
      { type: 'turn-delta', turnId: 't1', text: 'x', reasoning: '', reasoningMs: 1200 },
      { type: 'turn-delta', turnId: 't1', text: 'y', reasoning: '' },
    );
    assert.deepEqual(state.turns[0]?.outcome, { status: 'running', reasoningMs: 1200 });
  });

  it('asks to reveal the same turn twice', () => {
    const show = {
      type: 'conversation-change',
      conversation,
      revealTurnId: 't0',
      ...windowOf([turn('t0')]),
    } as const;
    const once = stateAfter(snapshot(), show);
    assert.deepEqual(once.reveal, { turnId: 't0', version: 1 });
    const twice = reduce(once, show);
    assert.deepEqual(twice?.reveal, { turnId: 't0', version: 2 });
    const { revealTurnId: _, ...plain } = show;
    assert.equal(reduce(twice, plain)?.reveal, twice?.reveal);
  });

  it('forgets what another conversation would have taken', () => {
    const context = { tokens: 1, exact: false, omittedTurns: 0, summarising: false };
    const known = stateAfter(snapshot(), { type: 'context-change', context });
    const change = { type: 'conversation-change', ...windowOf([]) } as const;
    assert.equal(reduce(known, { ...change, conversation })?.context, context);
    assert.equal(
      reduce(known, { ...change, conversation: { ...conversation, id: 'c2' } })?.context,
      undefined,
    );
  });

  describe('parts of a long conversation', () => {
    const range = (from: number, to: number, last = turn('x')) =>
      Array.from({ length: to - from }, (_, index) => ({ ...last, id: `n${from + index}` }));
    const idsOf = (state: PanelState | undefined) => state?.turns.map(({ id }) => id) ?? [];

    it('adds turns before and after, and lets go of the far end', () => {
      let state: PanelState | undefined = stateAfter(
        snapshot({ turns: range(400, 440), earlier: 400, later: 60 }),
      );
      for (const start of [360, 320, 280, 240]) {
        const turns = range(start, start + 40);
        state = reduce(state, { type: 'turns-add', place: 'before', turns, left: start });
      }
      assert.equal(idsOf(state)[0], 'n240');
      assert.equal(idsOf(state).at(-1), 'n399');
      assert.deepEqual([state?.earlier, state?.later], [240, 100]);
      const turns = range(400, 440);
      state = reduce(state, { type: 'turns-add', place: 'after', turns, left: 60 });
      assert.deepEqual([idsOf(state)[0], idsOf(state).at(-1)], ['n280', 'n439']);
      assert.deepEqual([state?.earlier, state?.later], [280, 60]);
      assert.equal(state?.turns.length, maximumTurns);
    });

    it('never lets go of the answer that is coming', () => {
      const all = [...range(100, 259), { ...running, id: 'n259' }];
      const state = stateAfter(snapshot({ turns: all, earlier: 100 }), {
        type: 'turns-add',
        place: 'before',
        turns: range(60, 100),
        left: 60,
      });
      assert.equal(idsOf(state).at(-1), 'n259');
      assert.equal(state.later, 0);
      assert.equal(runningTurn(state)?.id, 'n259');
    });

    it('drops the oldest turns for a reader at the end', () => {
      const state = stateAfter(snapshot({ turns: range(0, 200) }));
      assert.deepEqual([withoutStart(state).turns[0]?.id, withoutStart(state).earlier], ['n40', 40]);
      const small = stateAfter(snapshot({ turns: range(0, 20) }));
      assert.equal(withoutStart(small), small);
    });

    it('takes no turns that do not join what it holds', () => {
      const state = stateAfter(snapshot({ turns: range(50, 90), earlier: 50 }));
      const stale = { type: 'turns-add', place: 'before', turns: range(0, 40), left: 0 } as const;
      assert.equal(reduce(state, stale), state);
    });
  });
});
