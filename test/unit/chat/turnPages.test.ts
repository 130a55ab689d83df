import assert from 'node:assert/strict';
import type { Conversation, Turn } from '../../../src/chat/common/conversation.ts';
import { toMoreTurns, toTurnWindow } from '../../../src/chat/host/turnViews.ts';
import { textParts } from '../../../src/llm/answerParts.ts';
import type { ModelInfo } from '../../../src/llm/chatModel.ts';

const models = { describe: (): ModelInfo => ({ name: 'Model' }) as ModelInfo, successorOf: () => undefined };

/** A branch of turns whose answers have these lengths. */
function conversationOf(lengths: readonly number[]): Conversation {
  const turns = lengths.map((length, index) => ({
    id: `t${index}`,
    parentId: index === 0 ? null : `t${index - 1}`,
    question: '?',
    attachments: [],
    model: 'm',
    parameters: {},
    askedAt: 0,
    answer: { status: 'done', parts: textParts('x'.repeat(length)) },
  })) as unknown as Turn[];
  return { turns, headId: turns.at(-1)?.id ?? null } as unknown as Conversation;
}

const short = conversationOf(Array.from({ length: 100 }, () => 100));
const long = conversationOf(Array.from({ length: 100 }, () => 90_000));
const ids = (turns: readonly { id: string }[] | undefined): string =>
  turns ? `${turns.at(0)?.id ?? ''}–${turns.at(-1)?.id ?? ''}` : '';

describe('the turns that the panel gets at once', () => {
  it('are 40: the last ones, those around one, or the next', () => {
    const { turns, earlier, later } = toTurnWindow(short, models);
    assert.deepEqual([ids(turns), earlier, later], ['t60–t99', 60, 0]);
    const middle = toTurnWindow(short, models, 't50');
    assert.deepEqual([ids(middle.turns), middle.earlier, middle.later], ['t30–t69', 30, 30]);
    assert.equal(ids(toTurnWindow(short, models, 't3').turns), 't0–t39');
    assert.equal(ids(toTurnWindow(short, models, 't98').turns), 't60–t99');
    const before = toMoreTurns(short, models, { place: 'before', turnId: 't60' });
    assert.deepEqual([ids(before?.turns), before?.left], ['t20–t59', 20]);
    const after = toMoreTurns(short, models, { place: 'after', turnId: 't60' });
    assert.deepEqual([ids(after?.turns), after?.left], ['t61–t99', 0]);
  });

  it('are fewer where they are long, with the wanted one, and the counts say what is left', () => {
    const { turns, earlier, later } = toTurnWindow(long, models);
    assert.deepEqual([ids(turns), earlier, later], ['t98–t99', 98, 0]);
    const middle = toTurnWindow(long, models, 't50');
    assert.deepEqual([ids(middle.turns), middle.earlier, middle.later], ['t49–t50', 49, 49]);
    const before = toMoreTurns(long, models, { place: 'before', turnId: 't60' });
    assert.deepEqual([ids(before?.turns), before?.left], ['t58–t59', 58]);
    const after = toMoreTurns(long, models, { place: 'after', turnId: 't60' });
    assert.deepEqual([ids(after?.turns), after?.left], ['t61–t62', 37]);
  });

  it('are one at least, whatever its length, and none beyond the ends', () => {
    const huge = conversationOf([1_000_000, 1_000_000, 1_000_000]);
    assert.equal(ids(toTurnWindow(huge, models).turns), 't2–t2');
    assert.equal(ids(toTurnWindow(huge, models, 't1').turns), 't1–t1');
    const before = toMoreTurns(huge, models, { place: 'before', turnId: 't2' });
    assert.deepEqual([ids(before?.turns), before?.left], ['t1–t1', 1]);
    for (const [place, turnId] of [
      ['before', 't0'],
      ['after', 't2'],
    ] as const)
      assert.deepEqual(toMoreTurns(huge, models, { place, turnId }), { turns: [], left: 0 });
    assert.equal(toMoreTurns(huge, models, { place: 'after', turnId: 'gone' }), undefined);
    assert.deepEqual(toTurnWindow(conversationOf([]), models), { turns: [], earlier: 0, later: 0 });
  });
});
