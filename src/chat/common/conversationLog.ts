/** A conversation as a list of events: what a history file holds line by line, and how it is read back. */

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
  /** A window begins to write. What stands before it on a line of its own and can't be read was cut by a crash. */
  | { type: 'session'; at: number }
  /** Without a `parentId`, as in the first files: it follows the turn before it. */
  | { type: 'turn'; turn: Omit<Turn, 'answer' | 'parentId'> & { parentId?: string | null } }
  /** After a part of a tool it begins a new step. */
  | { type: 'delta'; turnId: string; text: string; reasoning: string }
  /** The whole text of the step so far. */
  | { type: 'replace'; turnId: string; text: string }
  /** A tool was called, or returned something; to a Qiao that knows no tools the file is of a newer one. */
  | { type: 'part'; turnId: string; part: ToolPart }
  | { type: 'outcome'; turnId: string; outcome: AnswerOutcome }
  /** The answer goes on where it ended; more deltas follow. */
  | { type: 'continuation'; turnId: string }
  | { type: 'removal'; turnId: string }
  /** Another branch is in sight. */
  | { type: 'head'; turnId: string | null }
  /** All settings of the conversation; what is not there is the user's own. */
  | { type: 'settings'; settings: ConversationSettings }
  | { type: 'summary'; summary: Summary }
  /** How the list shows the conversation; absent members stay as they are, an empty title is the proposed one. */
  | { type: 'listing'; title?: string; pinned?: boolean; deletedAt?: number | null };

/** The next state; the state itself stays as it was. */
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
  /** Lists of parts that only this state holds: events add to them in place. */
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

/** `parts`: those of the answer, in a list that may be changed. */
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
  // Nearly always the last one: a copy of the list, not of its members.
  const index = conversation.turns.findLastIndex((turn) => turn.id === turnId);
  const turn = conversation.turns[index];
  return turn
    ? { ...conversation, turns: conversation.turns.with(index, { ...turn, answer: change(turn.answer) }) }
    : conversation;
}

/** What followed the turn follows its parent from now on. */
function withoutTurn(conversation: Conversation, turnId: string): Conversation {
  const removed = conversation.turns.find(({ id }) => id === turnId);
  if (!removed) return conversation;
  const { parentId } = removed;
  const turns = conversation.turns
    .filter((turn) => turn !== removed)
    .map((turn) => (turn.parentId === turnId ? { ...turn, parentId } : turn));
  return { ...conversation, turns, headId: conversation.headId === turnId ? parentId : conversation.headId };
}

/** After a reload no answer is running: what was, has been interrupted. */
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

/** Events that lead to this conversation: those of its file, without its past. */
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
