/** Reduces the messages from the host to the state of the panel; pure. */

import { dispatch, type Handlers } from '../../ui/common/messages.ts';
import type {
  ComposerState,
  ContextView,
  ConversationView,
  HostMessage,
  TurnWindow,
} from '../common/protocol.ts';
import { growTexts } from './growingTexts.ts';
import { addTurns, type HeldTurn, type HeldTurns, holdTurns, isRunning, startTurn } from './turnWindow.ts';

/** A failed request that is sent again after `delayMs`, from the moment the host said so. */
export type TurnWait = Pick<Extract<HostMessage, { type: 'turn-wait' }>, 'delayMs' | 'attempt' | 'reason'>;

export interface PanelTurn extends HeldTurn {
  /** Set until the next message about this turn. */
  wait?: TurnWait;
}

export interface PanelState extends HeldTurns {
  turns: readonly PanelTurn[];
  composer: ComposerState;
  /** `running` is kept right by what the turns themselves say. */
  conversation: ConversationView;
  /** What the next request will take; unknown until the host has said so. */
  context?: ContextView;
  /** The turn to scroll to; `version` counts the requests. */
  reveal?: { turnId: string; version: number };
  /** The host's draft; `version` counts its changes. */
  draft: { text: string; version: number };
  /** Whether the snapshot contained a draft. */
  isDraftKnown: boolean;
  /** Higher each time the host asked for the caret in the composer. */
  focusVersion: number;
}

/** How each message changes the state. Messages about unknown turns change no turn. */
export const reducers = {
  'composer-change': ({ composer }, state) => ({ ...state, composer }),
  'attachments-change': ({ attachments }, state) => ({
    ...state,
    composer: { ...state.composer, attachments },
  }),
  'conversation-change': (message, state) => reveal(showWindow(state, message), message.revealTurnId),
  'conversation-update': ({ conversation }, state) => withConversation(state, conversation),
  'context-change': ({ context }, state) => ({ ...state, context }),
  'turns-add': (message, state) => addTurns(state, message),
  'turn-start'({ turn }, state) {
    const started = startTurn(state, turn);
    return isRunning(turn.outcome) ? setRunning(started, true) : started;
  },
  'turn-resume'({ turnId }, state) {
    const resumed = withTurn(state, turnId, (turn) => ({
      ...turn,
      outcome: { status: 'running', reasoningMs: turn.outcome.reasoningMs },
      wait: undefined,
    }));
    return setRunning(resumed, true);
  },
  'turn-delta': ({ turnId, text, reasoning, reasoningMs }, state) =>
    withTurn(state, turnId, (turn) => ({
      ...growTexts(turn, { text, reasoning }),
      outcome: reasoningMs === undefined ? turn.outcome : { ...turn.outcome, reasoningMs },
      wait: undefined,
    })),
  'turn-replace': ({ turnId, text }, state) =>
    withTurn(state, turnId, (turn) => ({
      ...turn,
      text,
      added: undefined,
      revision: turn.revision + 1,
      wait: undefined,
    })),
  'turn-tools': ({ turnId, tools }, state) =>
    withTurn(state, turnId, (turn) => ({ ...turn, tools, wait: undefined })),
  'turn-wait': ({ turnId, delayMs, attempt, reason }, state) =>
    withTurn(state, turnId, (turn) =>
      isRunning(turn.outcome) ? { ...turn, wait: { delayMs, attempt, reason } } : turn,
    ),
  'turn-finish'({ turnId, outcome }, state) {
    const finished = withTurn(state, turnId, (turn) => ({ ...turn, outcome, wait: undefined }));
    return endsTheRun(state, turnId) ? setRunning(finished, false) : finished;
  },
  'draft-replace': ({ text }, state) => withDraft(state, text),
  'composer-focus': ({ text }, state) => ({
    ...(text === undefined ? state : withDraft(state, text)),
    focusVersion: state.focusVersion + 1,
  }),
} satisfies Partial<Handlers<HostMessage, [state: PanelState], PanelState>>;

type Snapshot = Extract<HostMessage, { type: 'snapshot' }>;

/** The messages that change the state. */
export type StateMessage = Snapshot | Extract<HostMessage, { type: keyof typeof reducers }>;

/** The next state; `undefined` until the first snapshot. */
export function reduce(state: PanelState | undefined, message: StateMessage): PanelState | undefined {
  if (message.type === 'snapshot') return fromSnapshot(message, state);
  return state && dispatch(reducers, message, state);
}

/** The turn that is being answered, if any. */
export function runningTurn(state: PanelState): PanelTurn | undefined {
  return state.turns.findLast((turn) => isRunning(turn.outcome));
}

function fromSnapshot(message: Snapshot, state: PanelState | undefined): PanelState {
  const { composer, conversation, draft } = message;
  return showWindow(
    {
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

function withDraft(state: PanelState, text: string): PanelState {
  return { ...state, draft: { text, version: state.draft.version + 1 } };
}

/** Replaces the loaded turns, by another part of the same conversation or of another one. */
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
