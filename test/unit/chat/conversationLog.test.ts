import assert from 'node:assert/strict';
import { createConversation } from '../../../src/chat/common/conversation.ts';
import {
  applyEvent,
  applyEvents,
  type ConversationEvent,
  toEvents,
} from '../../../src/chat/common/conversationLog.ts';
import { textParts } from '../../../src/llm/answerParts.ts';
import { textOf } from '../../support/textOf.ts';
import { readConversation } from './historySupport.ts';

const lines = [
  { type: 'conversation', version: 1, id: 'c', createdAt: 5, workspace: null },
  {
    type: 'turn',
    turn: { id: 't', question: '问', attachments: [], model: 'dashscope/m', parameters: {}, askedAt: 6 },
  },
  { type: 'delta', turnId: 't', text: '你', reasoning: '' },
  { type: 'delta', turnId: 't', text: '好', reasoning: 'r' },
].map((event) => JSON.stringify(event));

describe('readConversation', () => {
  it('shows an answer without an outcome as interrupted, its text kept', () => {
    const [turn] = readConversation(lines.join('\n'))?.turns ?? [];
    assert.deepEqual(turn?.answer, { status: 'interrupted', parts: textParts('你好', 'r') });
  });

  it('passes over a line that a crash cut', () => {
    const conversation = readConversation(`${lines.join('\n')}\n{"type":"delta","turnId":"t","te`);
    assert.equal(textOf(conversation?.turns[0]), '你好');
  });

  it('takes replacements, outcomes and removals', () => {
    const more = [
      { type: 'replace', turnId: 't', text: '您好' },
      { type: 'outcome', turnId: 't', outcome: { status: 'done', finishReason: 'stop' } },
    ].map((event) => JSON.stringify(event));
    assert.deepEqual(readConversation([...lines, ...more].join('\n'))?.turns[0]?.answer, {
      status: 'done',
      finishReason: 'stop',
      parts: textParts('您好', 'r'),
    });
    const removed = JSON.stringify({ type: 'removal', turnId: 't' });
    assert.deepEqual(readConversation([...lines, removed].join('\n'))?.turns, []);
  });

  const part = (index: number): ConversationEvent[] => [
    {
      type: 'part',
      turnId: 't',
      part: { type: 'tool-call', id: 'c', name: 'read', arguments: `{"file":${index}}` },
    },
    { type: 'part', turnId: 't', part: { type: 'tool-result', toolCallId: 'c', text: `${index}` } },
  ];
  const delta = (text: string, reasoning = ''): ConversationEvent => ({
    type: 'delta',
    turnId: 't',
    text,
    reasoning,
  });

  it('begins a new text behind the part of a tool, and revises none but the last', () => {
    const more: ConversationEvent[] = [
      ...part(1),
      delta('', 'hm'),
      delta('Two'),
      { type: 'replace', turnId: 't', text: 'Second' },
      delta('.'),
      ...part(2),
      { type: 'outcome', turnId: 't', outcome: { status: 'done' } },
    ];
    const text = [...lines, ...more.map((event) => JSON.stringify(event))].join('\n');
    const conversation = readConversation(text);
    assert.deepEqual(
      conversation?.turns[0]?.answer.parts.map((piece) => ('text' in piece ? piece.text : piece.arguments)),
      ['r', '你好', '{"file":1}', '1', 'hm', 'Second.', '{"file":2}', '2'],
    );
    assert.ok(conversation);
    const again = toEvents(conversation).slice(1);
    const empty = createConversation('c', 5, null);
    assert.deepEqual(applyEvents(empty, again).turns, conversation.turns);
    assert.deepEqual(again.reduce(applyEvent, empty).turns, conversation.turns);
  });

  it('gives nothing for a file without a beginning', () => {
    assert.equal(readConversation('rubbish\n{}'), undefined);
  });
});
