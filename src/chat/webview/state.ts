/** What the panel shows, as plain data: a pure function of the messages from the host. */

import type { PanelStrings } from '../common/panelStrings.ts';
import type {
  ComposerState,
  ContextView,
  ConversationView,
  HostMessage,
  TurnWindow,
} from '../common/protocol.ts';
import { addTurns, type HeldTurns, holdTurns, isRunning, type PanelTurn, startTurn } from './turnWindow.ts';

export interface PanelState extends HeldTurns {
  strings: PanelStrings;
  composer: ComposerState;
  /** `running` is kept right by what the turns themselves say. */
  conversation: ConversationView;
  /** What the next request will take; unknown until the host has said so. */
  context?: ContextView;
  /** The turn to bring into sight; `version` tells one request from the next. */
  reveal?: { turnId: string; version: number };
  /** The host's word on the draft; `version` tells one word from the next. */
  draft: { text: string; version: number };
  /** Whether the host had a word on it at the start. */
  isDraftKnown: boolean;
  /** Higher each time the host asked for the caret in the composer. */
  focusVersion: number;
}

/** The next state; `undefined` until the first snapshot. Messages about unknown turns change no turn. */
export function reduce(state: PanelState | undefined, message: HostMessage): PanelState | undefined {
  if (message.type === 'snapshot') {
    const { strings, composer, conversation, draft } = message;
    return showWindow(
      {
        strings,
        composer,
        conversation,
        context: state?.context,
        reveal: state?.reveal,
        turns: state?.turns ?? [],
        earlier: 0,
        later: 0,
        draft: { text: draft ?? '', version: (state?.draft.version ?? 0) + 1 },
        isDraftKnown: draft !== undefined,
        focusVersion: state?.focusVersion ?? 0,
      },
      message,
    );
  }
  if (!state) return state;
  switch (message.type) {
    case 'composer-change':
      return { ...state, composer: message.composer };
    case 'attachments-change':
      return { ...state, composer: { ...state.composer, attachments: message.attachments } };
    case 'conversation-change':
      return reveal(showWindow(state, message), message.revealTurnId);
    case 'conversation-update':
      return withConversation(state, message.conversation);
    case 'context-change':
      return { ...state, context: message.context };
    case 'turns-add':
      return addTurns(state, message);
    case 'turn-start':
      return isRunning(message.turn.outcome)
        ? setRunning(startTurn(state, message.turn), true)
        : startTurn(state, message.turn);
    case 'turn-resume':
      return setRunning(
        withTurn(state, message.turnId, (turn) => ({
          ...turn,
          outcome: { status: 'running', reasoningMs: turn.outcome.reasoningMs },
          wait: undefined,
        })),
        true,
      );
    case 'turn-delta': {
      const { turnId, text, reasoning, reasoningMs } = message;
      return withTurn(state, turnId, (turn) => ({
        ...turn,
        text: turn.text + text,
        reasoning: turn.reasoning + reasoning,
        outcome: reasoningMs === undefined ? turn.outcome : { ...turn.outcome, reasoningMs },
        wait: undefined,
      }));
    }
    case 'turn-replace':
      return withTurn(state, message.turnId, (turn) => ({
        ...turn,
        text: message.text,
        revision: turn.revision + 1,
        wait: undefined,
      }));
    case 'turn-wait': {
      const { delayMs, attempt, reason } = message;
      return withTurn(state, message.turnId, (turn) =>
        isRunning(turn.outcome) ? { ...turn, wait: { delayMs, attempt, reason } } : turn,
      );
    }
    case 'turn-finish': {
      const { turnId, outcome } = message;
      const finished = withTurn(state, turnId, (turn) => ({ ...turn, outcome, wait: undefined }));
      return endsTheRun(state, turnId) ? setRunning(finished, false) : finished;
    }
    case 'draft-replace':
      return { ...state, draft: { text: message.text, version: state.draft.version + 1 } };
    case 'composer-focus': {
      const draft =
        message.text === undefined ? state.draft : { text: message.text, version: state.draft.version + 1 };
      return { ...state, draft, focusVersion: state.focusVersion + 1 };
    }
    default:
      return state;
  }
}

/** The turn that is being answered, if any. */
export function runningTurn(state: PanelState): PanelTurn | undefined {
  return state.turns.findLast((turn) => isRunning(turn.outcome));
}

/** Takes another part of the conversation, or of another one, in the place of what is held. */
function showWindow(
  state: PanelState,
  { conversation, turns, earlier, later }: TurnWindow & { conversation: ConversationView },
): PanelState {
  const context = conversation.id === state.conversation.id ? state.context : undefined;
  return withConversation(
    { ...state, context, turns: holdTurns(state, turns), earlier, later },
    conversation,
  );
}

function withConversation(state: PanelState, conversation: ConversationView): PanelState {
  const running = conversation.running || runningTurn(state) !== undefined;
  return setRunning({ ...state, conversation }, running);
}

function setRunning(state: PanelState, running: boolean): PanelState {
  const { conversation } = state;
  return conversation.running === running ? state : { ...state, conversation: { ...conversation, running } };
}

/** A turn that is not running can be finished again, with a mark of the platform; the running one goes on. */
function endsTheRun(state: PanelState, turnId: string): boolean {
  const running = runningTurn(state);
  if (running) return running.id === turnId;
  return state.turns.every(({ id }) => id !== turnId);
}

function reveal(state: PanelState, turnId: string | undefined): PanelState {
  return turnId === undefined
    ? state
    : { ...state, reveal: { turnId, version: (state.reveal?.version ?? 0) + 1 } };
}

function withTurn(state: PanelState, id: string, change: (turn: PanelTurn) => PanelTurn): PanelState {
  const index = state.turns.findLastIndex((turn) => turn.id === id);
  const turn = state.turns[index];
  return turn ? { ...state, turns: state.turns.with(index, change(turn)) } : state;
}
