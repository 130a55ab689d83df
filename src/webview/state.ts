/** What the panel shows, as plain data: a pure function of the messages from the host. */

import type { PanelStrings } from '../core/panelStrings.ts';
import type {
  ComposerState,
  ContextView,
  ConversationView,
  HostMessage,
  OutcomeView,
  TurnView,
} from '../core/protocol.ts';

/** A failed request that is sent again after `delayMs`, from the moment the host said so. */
export type TurnWait = Pick<Extract<HostMessage, { type: 'turn-wait' }>, 'delayMs' | 'attempt' | 'reason'>;

export interface PanelTurn extends TurnView {
  /** Higher after each change that did not merely add to `text`: what was rendered of it is void. */
  revision: number;
  /** Until the next sign of life. */
  wait?: TurnWait;
}

export interface PanelState {
  strings: PanelStrings;
  composer: ComposerState;
  conversation: ConversationView;
  /** What the next request will take; unknown until the host has said so. */
  context?: ContextView;
  /** The part of the branch in sight that the view has, and how many turns stand before and after it. */
  turns: readonly PanelTurn[];
  earlier: number;
  later: number;
  /** The host's word on the draft; `version` tells one word from the next. */
  draft: { text: string; version: number };
  /** Higher each time the host asked for the caret in the composer. */
  focusVersion: number;
}

/** The next state; `undefined` until the first snapshot. Messages about unknown turns change nothing. */
export function reduce(state: PanelState | undefined, message: HostMessage): PanelState | undefined {
  if (message.type === 'snapshot') {
    return {
      strings: message.strings,
      composer: message.composer,
      conversation: message.conversation,
      context: state?.context,
      earlier: message.earlier,
      later: message.later,
      turns: message.turns.map((turn) => ({ ...turn, revision: nextRevision(state, turn) })),
      draft: { text: message.draft, version: (state?.draft.version ?? 0) + 1 },
      focusVersion: state?.focusVersion ?? 0,
    };
  }
  if (!state) return state;
  switch (message.type) {
    case 'composer-change':
      return { ...state, composer: message.composer };
    case 'conversation-change':
      return {
        ...state,
        conversation: message.conversation,
        earlier: message.earlier,
        later: message.later,
        turns: message.turns.map((turn) => ({ ...turn, revision: nextRevision(state, turn) })),
      };
    case 'conversation-update':
      return { ...state, conversation: message.conversation };
    case 'context-change':
      return { ...state, context: message.context };
    case 'turn-start': {
      const turn = { ...message.turn, revision: nextRevision(state, message.turn) };
      return { ...state, turns: [...state.turns.filter(({ id }) => id !== turn.id), turn] };
    }
    case 'turn-delta':
      return withTurn(state, message.turnId, (turn) => ({
        ...turn,
        text: turn.text + message.text,
        reasoning: turn.reasoning + message.reasoning,
        wait: undefined,
      }));
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
    case 'turn-finish':
      return withTurn(state, message.turnId, (turn) => ({
        ...turn,
        outcome: message.outcome,
        wait: undefined,
      }));
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

export function isRunning(outcome: OutcomeView): boolean {
  return outcome.status === 'running';
}

function withTurn(state: PanelState, id: string, change: (turn: PanelTurn) => PanelTurn): PanelState {
  const index = state.turns.findLastIndex((turn) => turn.id === id);
  const turn = state.turns[index];
  return turn ? { ...state, turns: state.turns.with(index, change(turn)) } : state;
}

/** A turn sent whole again keeps its revision only when its text is the same. */
function nextRevision(state: PanelState | undefined, turn: TurnView): number {
  const known = state?.turns.find(({ id }) => id === turn.id);
  if (!known) return 0;
  return known.text === turn.text && known.reasoning === turn.reasoning ? known.revision : known.revision + 1;
}
