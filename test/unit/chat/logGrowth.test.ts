// Logs of any length are read in time that grows with their length, and read as they were written.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { activeTurns, createConversation, lastTurnAfter } from '../../../src/chat/common/conversation.ts';
import {
  applyEvent,
  applyEvents,
  type ConversationEvent,
  settleRunning,
  toEvents,
} from '../../../src/chat/common/conversationLog.ts';
import { createExternalChanges } from '../../../src/chat/host/externalChanges.ts';
import { createConversationReader } from '../../../src/chat/host/history/readConversation.ts';
import { branchesOf } from '../../../src/chat/host/turnViews.ts';
import { columnsFor } from '../../../src/compare/common/comparison.ts';
import { type ComparisonEvent, readComparison } from '../../../src/compare/common/comparisonLog.ts';
import { UsageTable } from '../../../src/usage/common/usageTable.ts';
import { assertLinear } from '../../support/growth.ts';

const size = 20_000;
const empty = createConversation('c', 1, null);

function asked(id: string, parentId: string | null): ConversationEvent {
  return {
    type: 'turn',
    turn: { id, parentId, question: 'q', attachments: [], model: 'dashscope/m', parameters: {}, askedAt: 2 },
  };
}

const each = <Made>(size: number, make: (index: number) => Made): Made[] =>
  Array.from({ length: size }, (_, index) => make(index));
const chain = (size: number): ConversationEvent[] =>
  each(size, (index) => asked(`t${index}`, index === 0 ? null : `t${index - 1}`));
const star = (size: number): ConversationEvent[] => each(size, (index) => asked(`t${index}`, null));
const removal = (index: number): ConversationEvent => ({ type: 'removal', turnId: `t${index}` });

const logs: Record<string, (size: number) => ConversationEvent[]> = {
  summaries: (size) =>
    each(size, () => ({ type: 'summary', summary: { throughTurnId: 't0', text: 'said' } })),
  'removals from the end': (size) => [...chain(size), ...each(size, (index) => removal(size - 1 - index))],
  'removals from the beginning': (size) => [...chain(size), ...each(size, removal)],
  'removals of all but the last child': (size) => [
    asked('root', null),
    ...each(size, (index) => asked(`t${index}`, index % 2 === 0 ? 'root' : `t${index - 1}`)),
    ...each(size / 2, (index) => removal(2 * index)),
  ],
  'the same turn, asked and removed': (size) =>
    each(size, (index) => (index % 2 === 0 ? asked('t0', null) : removal(0))),
  'new names, pins and deletions': (size) =>
    each(size, (index) => ({ type: 'listing', title: `T${index}`, pinned: true, deletedAt: index })),
  'other models': (size) => each(size, (index) => ({ type: 'settings', settings: { model: `m/${index}` } })),
  heads: (size) => [
    ...star(size),
    ...each(size, (index): ConversationEvent => ({ type: 'head', turnId: `t${index}` })),
  ],
  'a deep chain': chain,
  'branches of one question': star,
  'deltas of one answer': (size) => [
    asked('t0', null),
    ...each(size, (): ConversationEvent => ({ type: 'delta', turnId: 't0', text: 'word ', reasoning: '' })),
  ],
  'tools of one answer': (size) => [
    asked('t0', null),
    ...each(
      size,
      (index): ConversationEvent =>
        index % 2 === 0
          ? { type: 'delta', turnId: 't0', text: 'word ', reasoning: 'r' }
          : {
              type: 'part',
              turnId: 't0',
              part: { type: 'tool-call', id: `c${index}`, name: 'read', arguments: '{}' },
            },
    ),
  ],
};

describe('a log of 20,000 lines', () => {
  for (const [name, make] of Object.entries(logs)) {
    it(`is applied in linear time: ${name}`, () => {
      assertLinear((events) => applyEvents(empty, events), make, { size, name });
    });
  }

  it('is read in linear time', () => {
    const lines = (count: number): string[] =>
      [
        { type: 'conversation', version: 1, id: 'c', createdAt: 1, workspace: null },
        ...chain(count / 2),
        ...each(count / 2, removal),
      ].map((event) => JSON.stringify(event));
    const readLines = (text: readonly string[]): unknown => {
      const reader = createConversationReader();
      for (const line of text) reader.push(line);
      const { state, conversation } = reader.finish();
      assert.equal(state, 'ok');
      return conversation;
    };
    assertLinear(readLines, lines, { size, name: 'reading' });
  });

  it('is used in linear time: branch in sight, branches, events', () => {
    for (const make of [chain, star]) {
      const use = (events: ConversationEvent[]): void => {
        const conversation = settleRunning(applyEvents(empty, events));
        activeTurns(conversation);
        lastTurnAfter(conversation, 't0');
        conversation.turns.map(branchesOf(conversation));
        toEvents(conversation);
      };
      assertLinear(use, make, { size, name: 'use' });
    }
  });

  it('is taken over from another window in linear time', () => {
    const take = (events: readonly ConversationEvent[]): void => {
      let taken = 0;
      createExternalChanges(() => taken++).push(events);
      assert.equal(taken, 1);
    };
    const answer = (size: number): ConversationEvent[] => [
      ...(logs['deltas of one answer']?.(size) ?? []),
      { type: 'outcome', turnId: 't0', outcome: { status: 'done' } },
    ];
    assertLinear(take, answer, { size, name: 'events of another window' });
  });

  it('of a comparison is read in linear time: columns, answers and marks', () => {
    const header: ComparisonEvent = {
      type: 'comparison',
      version: 1,
      id: 'c',
      createdAt: 1,
      setup: { systemPrompt: '', parameters: {} },
      questions: [],
    };
    const answer = { status: 'done', text: '', reasoning: '', askedAt: 1, totalMs: 1, retries: 0 } as const;
    const make = (size: number): ComparisonEvent[] => [
      header,
      ...each(size, (index): ComparisonEvent[] => [
        { type: 'columns', columns: [{ id: `c${index}`, model: `m${index}` }] },
        { type: 'answer', questionId: `q${index}`, columnId: `c${index}`, answer },
        { type: 'best', questionId: `q${index}`, columnId: `c${index}` },
      ]).flat(),
    ];
    assertLinear(readComparison, make, { size, name: 'comparison' });
    const known = [...(readComparison(make(200_000))?.knownColumns.values() ?? [])];
    assert.deepEqual(columnsFor(['m5', 'new'], known), [
      { id: 'c5', model: 'm5' },
      { id: 'c200000', model: 'new' },
    ]);
  });

  it('of the ledger is summed in linear time', () => {
    const make = (size: number): { day: string; connection: string; model: string }[] =>
      each(size, (index) => ({ day: '2025-01-01', connection: 'c', model: `m${index}` }));
    const sum = (entries: ReturnType<typeof make>): void => {
      const table = new UsageTable();
      for (const entry of entries) table.add({ type: 'usage', ...entry });
      assert.equal(table.rows.length, entries.length);
    };
    assertLinear(sum, make, { size, name: 'ledger' });
  });
});

describe('many events at once', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const event: fc.Arbitrary<ConversationEvent> = fc.oneof(
    fc.tuple(id, fc.option(id)).map(([own, parent]) => asked(own, parent)),
    id.map((turnId): ConversationEvent => ({ type: 'removal', turnId })),
    id.map((turnId): ConversationEvent => ({ type: 'delta', turnId, text: turnId, reasoning: '' })),
    id.map((turnId): ConversationEvent => ({ type: 'head', turnId })),
    id.map((text): ConversationEvent => ({ type: 'summary', summary: { throughTurnId: text, text } })),
    fc.constant<ConversationEvent>({
      type: 'conversation',
      version: 1,
      id: 'n',
      createdAt: 3,
      workspace: '',
    }),
    fc.constant<ConversationEvent>({ type: 'listing', title: 'T' }),
  );

  it('lead to the same conversation as one by one', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const headers = events.findLastIndex(({ type }) => type === 'conversation') + 1;
        // A turn that is there is asked once; a second header is never read, see `readConversation.ts`.
        const rest = events.slice(headers);
        const stepwise = rest.reduce(
          (state, next) =>
            next.type === 'turn' && state.turns.some((turn) => turn.id === next.turn.id)
              ? state
              : applyEvent(state, next),
          empty,
        );
        assert.deepEqual(applyEvents(empty, rest), stepwise);
      }),
      { numRuns: 2000 },
    );
  });
});
