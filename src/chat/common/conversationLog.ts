/** Conversation events, the lines of a history file, and how they are applied. */

import { type AnswerPart, addTexts, isToolPart, replaceText, type ToolPart } from '../../llm/answerParts.ts';
import {
  type Answer,
  type AnswerOutcome,
  type Conversation,
  type ConversationSettings,
  createConversation,
  emptyAnswer,
  type Summary,
  type Turn,
} from './conversation.ts';
import { TurnList } from './turnList.ts';

export type ConversationEvent =
  | { type: 'conversation'; version: 1; id: string; createdAt: number; workspace: string | null }
  /** A window begins to write. An unreadable line before it was cut by a crash. */
  | { type: 'session'; at: number }
  /** Without a `parentId` (first versions) it follows the turn before it. */
  | { type: 'turn'; turn: Omit<Turn, 'answer' | 'parentId'> & { parentId?: string | null } }
  /** After a tool part it begins a new step. */
  | { type: 'delta'; turnId: string; text: string; reasoning: string }
  /** The whole text of the step so far. */
  | { type: 'replace'; turnId: string; text: string }
  /** A tool call or result. Versions without tools treat the file as newer. */
  | { type: 'part'; turnId: string; part: ToolPart }
  | { type: 'outcome'; turnId: string; outcome: AnswerOutcome }
  /** The answer continues; more deltas follow. */
  | { type: 'continuation'; turnId: string }
  | { type: 'removal'; turnId: string }
  /** Another branch is shown. */
  | { type: 'head'; turnId: string | null }
  /** All settings of the conversation; absent members are the user's. */
  | { type: 'settings'; settings: ConversationSettings }
  | { type: 'summary'; summary: Summary }
  /** The entry in the list; absent members stay, an empty title restores the proposed one. */
  | { type: 'listing'; title?: string; pinned?: boolean; deletedAt?: number | null };

/** Returns the next state; `conversation` is not changed. */
export function applyEvent(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'conversation':
      return createConversation(event.id, event.createdAt, event.workspace);
    case 'session':
      return conversation;
    case 'turn': {
      const { parentId = conversation.turns.at(-1)?.id ?? null, ...asked } = event.turn;
      const turn: Turn = { ...asked, parentId, answer: emptyAnswer };
      return { ...conversation, turns: [...conversation.turns, turn], headId: turn.id };
    }
    case 'removal':
      return withoutTurn(conversation, event.turnId);
    case 'delta':
    case 'replace':
    case 'part':
    case 'outcome':
    case 'continuation':
      return changeAnswer(conversation, event.turnId, (answer) =>
        answerAfter(answer, event, [...answer.parts]),
      );
    case 'head':
      return { ...conversation, headId: event.turnId };
    case 'settings':
      return { ...conversation, settings: event.settings };
    case 'summary':
      return { ...conversation, summaries: [...conversation.summaries, event.summary] };
    case 'listing': {
      const { title = conversation.title, pinned = conversation.pinned } = event;
      const deletedAt =
        event.deletedAt === undefined ? conversation.deletedAt : (event.deletedAt ?? undefined);
      return { ...conversation, title: title || undefined, pinned, deletedAt };
    }
  }
}

/**
 * The state after many events. Takes time in proportion to their number, where `applyEvent` one by one copies the
 * lists each time. A turn that is there already is not added again.
 */
export function applyEvents(conversation: Conversation, events: Iterable<ConversationEvent>): Conversation {
  let state = conversation;
  const turns = new TurnList(conversation.turns);
  /** Part lists that this call created: events change them in place. */
  const ownParts = new Map<string, AnswerPart[]>();
  let summaries = [...conversation.summaries];
  for (const event of events) {
    switch (event.type) {
      case 'turn': {
        const { parentId = turns.lastId, ...asked } = event.turn;
        if (turns.has(asked.id)) break;
        turns.add({ ...asked, parentId, answer: emptyAnswer });
        state = { ...state, headId: asked.id };
        break;
      }
      case 'delta':
      case 'replace':
      case 'part':
      case 'outcome':
      case 'continuation':
        turns.changeAnswer(event.turnId, (answer) => {
          const parts = ownParts.get(event.turnId) ?? [...answer.parts];
          ownParts.set(event.turnId, parts);
          return answerAfter(answer, event, parts);
        });
        break;
      case 'removal': {
        const parentId = turns.remove(event.turnId);
        ownParts.delete(event.turnId);
        if (parentId !== undefined && state.headId === event.turnId) state = { ...state, headId: parentId };
        break;
      }
      case 'summary':
        summaries.push(event.summary);
        break;
      case 'conversation':
        state = applyEvent(state, event);
        summaries = [];
        break;
      default:
        state = applyEvent(state, event);
    }
  }
  return { ...state, turns: turns.toArray(), summaries };
}

type AnswerEvent = Extract<
  ConversationEvent,
  { type: 'delta' | 'replace' | 'part' | 'outcome' | 'continuation' }
>;

/** `parts`: the answer's parts, in a list that may be changed. */
function answerAfter(answer: Answer, event: AnswerEvent, parts: AnswerPart[]): Answer {
  const { reasoningMs, cost } = answer;
  switch (event.type) {
    case 'delta':
      addTexts(parts, event);
      return { ...answer, parts };
    case 'replace':
      replaceText(parts, event.text);
      return { ...answer, parts };
    case 'part':
      parts.push(event.part);
      return { ...answer, parts };
    case 'outcome':
      return { ...event.outcome, parts };
    case 'continuation':
      return { status: 'running', parts, reasoningMs, cost };
  }
}

function changeAnswer(
  conversation: Conversation,
  turnId: string,
  change: (answer: Answer) => Answer,
): Conversation {
  // Nearly always the last turn.
  const index = conversation.turns.findLastIndex((turn) => turn.id === turnId);
  const turn = conversation.turns[index];
  return turn
    ? { ...conversation, turns: conversation.turns.with(index, { ...turn, answer: change(turn.answer) }) }
    : conversation;
}

/** Turns that followed it follow its parent. */
function withoutTurn(conversation: Conversation, turnId: string): Conversation {
  const removed = conversation.turns.find(({ id }) => id === turnId);
  if (!removed) return conversation;
  const { parentId } = removed;
  const turns = conversation.turns
    .filter((turn) => turn !== removed)
    .map((turn) => (turn.parentId === turnId ? { ...turn, parentId } : turn));
  return { ...conversation, turns, headId: conversation.headId === turnId ? parentId : conversation.headId };
}

/** Marks running answers as interrupted, after a reload. */
export function settleRunning(conversation: Conversation): Conversation {
  if (!conversation.turns.some(({ answer }) => answer.status === 'running')) return conversation;
  return {
    ...conversation,
    turns: conversation.turns.map((turn) =>
      turn.answer.status === 'running'
        ? { ...turn, answer: { ...turn.answer, status: 'interrupted' } }
        : turn,
    ),
  };
}

/** The shortest list of events that creates this conversation. */
export function toEvents(conversation: Conversation): ConversationEvent[] {
  const { id, createdAt, workspace, settings, title, pinned, deletedAt, headId } = conversation;
  return [
    { type: 'conversation', version: 1, id, createdAt, workspace },
    { type: 'settings', settings },
    ...conversation.turns.flatMap(turnEvents),
    ...conversation.summaries.map((summary): ConversationEvent => ({ type: 'summary', summary })),
    { type: 'head', turnId: headId },
    { type: 'listing', title, pinned, deletedAt },
  ];
}

/** Events that add the turn with its answer. */
export function turnEvents({ answer, ...turn }: Turn): ConversationEvent[] {
  const { parts, ...outcome } = answer;
  return [
    { type: 'turn', turn },
    ...partEvents(turn.id, parts),
    { type: 'outcome', turnId: turn.id, outcome },
  ];
}

/** Events that lead from an empty answer to these parts; without any, an empty delta. */
function partEvents(turnId: string, parts: readonly AnswerPart[]): ConversationEvent[] {
  const events: ConversationEvent[] = [];
  let texts: Extract<ConversationEvent, { type: 'delta' }> | undefined;
  for (const part of parts) {
    if (isToolPart(part)) {
      events.push({ type: 'part', turnId, part });
      texts = undefined;
    } else {
      if (!texts) {
        texts = { type: 'delta', turnId, text: '', reasoning: '' };
        events.push(texts);
      }
      texts[part.type] += part.text;
    }
  }
  return events.length > 0 ? events : [{ type: 'delta', turnId, text: '', reasoning: '' }];
}
