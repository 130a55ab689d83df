/** A conversation as a list of events: what a history file holds line by line, and how it is read back. */

import { type Answer, type Conversation, emptyAnswer, type Turn } from './conversation.ts';

export type ConversationEvent =
  | { type: 'conversation'; version: 1; id: string; createdAt: number; workspace: string | null }
  | { type: 'turn'; turn: Omit<Turn, 'answer'> }
  | { type: 'delta'; turnId: string; text: string; reasoning: string }
  | { type: 'replace'; turnId: string; text: string }
  | { type: 'outcome'; turnId: string; outcome: Omit<Answer, 'text' | 'reasoning'> }
  | { type: 'removal'; turnId: string };

/** The next state; the state itself stays as it was. */
export function applyEvent(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'conversation':
      return { id: event.id, createdAt: event.createdAt, turns: [] };
    case 'turn':
      return { ...conversation, turns: [...conversation.turns, { ...event.turn, answer: emptyAnswer }] };
    case 'removal':
      return { ...conversation, turns: conversation.turns.filter((turn) => turn.id !== event.turnId) };
    case 'delta':
      return changeAnswer(conversation, event.turnId, (answer) => ({
        ...answer,
        text: answer.text + event.text,
        reasoning: answer.reasoning + event.reasoning,
      }));
    case 'replace':
      return changeAnswer(conversation, event.turnId, (answer) => ({ ...answer, text: event.text }));
    case 'outcome':
      return changeAnswer(conversation, event.turnId, (answer) => ({ ...answer, ...event.outcome }));
  }
}

function changeAnswer(
  conversation: Conversation,
  turnId: string,
  change: (answer: Answer) => Answer,
): Conversation {
  // Nearly always the last one: a copy of the list, not of its members.
  const index = conversation.turns.findLastIndex((turn) => turn.id === turnId);
  const turn = conversation.turns[index];
  return turn
    ? { ...conversation, turns: conversation.turns.with(index, { ...turn, answer: change(turn.answer) }) }
    : conversation;
}

/** After a reload no answer is running: what was, has been interrupted. */
export function settleRunning(conversation: Conversation): Conversation {
  return {
    ...conversation,
    turns: conversation.turns.map((turn) =>
      turn.answer.status === 'running'
        ? { ...turn, answer: { ...turn.answer, status: 'interrupted' } }
        : turn,
    ),
  };
}
