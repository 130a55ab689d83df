/** What the host says to the panel: one-way events. What the panel says stands in `protocolSchema.ts`. */

import type { ChatErrorKind } from '../../llm/chatError.ts';
import type { FinishReason, ModelParameters, ParameterRules, Usage } from '../../llm/chatModel.ts';
import type { AnswerStatus, Attachment } from './conversation.ts';
import type { HistoryEntry } from './historyEntry.ts';

/** From the host to the view. Nothing is posted before the view said `view-ready`. */
export type HostMessage =
  /** Everything; the view throws away what it had. */
  | ({
      type: 'snapshot';
      /** Of a tab: what the page keeps, so that after a reload the tab shows its own chat again. */
      tab?: string;
      composer: ComposerState;
      /** Without it no panel has told of a draft since the window opened: what the view kept is newer. */
      draft?: string;
      conversation: ConversationView;
    } & TurnWindow)
  /** Model, key, parameters, commands or a notice are different now. */
  | { type: 'composer-change'; composer: ComposerState }
  /** Attachments alone are different, as they are with each step of the selection. */
  | { type: 'attachments-change'; attachments: readonly AttachmentView[] }
  /** Another conversation, another branch, or another part of it. `revealTurnId`: bring that turn into sight. */
  | ({ type: 'conversation-change'; conversation: ConversationView; revealTurnId?: string } & TurnWindow)
  /** Title, pin, settings or queue are different; the turns are not. */
  | { type: 'conversation-update'; conversation: ConversationView }
  /** More of the conversation, before or after what the view has; `left`: how many there are still beyond. */
  | { type: 'turns-add'; place: 'before' | 'after'; turns: readonly TurnView[]; left: number }
  | { type: 'turn-start'; turn: TurnView }
  /** More of the running answer; either text may be empty. `reasoningMs`: the reasoning is over and took that long. */
  | { type: 'turn-delta'; turnId: string; text: string; reasoning: string; reasoningMs?: number }
  /** The tools that the running answer has called so far; what it says next follows them. */
  | { type: 'turn-tools'; turnId: string; tools: readonly ToolView[] }
  /** The whole text so far, because the platform revised it. */
  | { type: 'turn-replace'; turnId: string; text: string }
  /**
   * The request failed in a way that may pass; it is sent again after `delayMs`, as try number `attempt` (the first
   * request was 1). `reason`: the error's title in the user's language, without a full stop.
   */
  | { type: 'turn-wait'; turnId: string; delayMs: number; attempt: number; reason: string }
  | { type: 'turn-finish'; turnId: string; outcome: OutcomeView }
  /** The answer goes on where it ended. */
  | { type: 'turn-resume'; turnId: string }
  /** What the next request will take. */
  | { type: 'context-change'; context: ContextView }
  /** Put the caret into the composer; `text`, when given, takes the place of the draft. */
  | { type: 'composer-focus'; text?: string }
  /** What `#query` offers, best first. More may follow for the same query and takes the place of these. */
  | { type: 'context-results'; query: string; items: readonly ContextChoice[] }
  /** Answers `files-resolve`: what was asked about, and which of it can be opened. */
  | { type: 'files-found'; asked: readonly string[]; there: readonly string[] }
  /** This draft stands in another chat now; what was typed behind it stays. */
  | { type: 'draft-move'; text: string }
  /** Something else stands in the composer; the caret stays where it is. */
  | { type: 'draft-replace'; text: string }
  /** Show the list of conversations. */
  | { type: 'history-show' }
  /** The conversations that match `query`, all of them when it is empty, newest first. `deleted`: can be undone. */
  | {
      type: 'history-list';
      query: string;
      entries: readonly HistoryEntry[];
      deleted?: { id: string; title: string };
    }
  /** Open the find bar. */
  | { type: 'find-show' }
  /** Turns of the branch in sight that hold `query`, oldest first, with the number of places in each. */
  | { type: 'find-results'; query: string; matches: readonly { turnId: string; count: number }[] };

/** Of a question or a system prompt, in UTF-16 units: far above what a person types, far below what would hurt. */
export const longestText = 4_000_000;

/** Of a pasted or dropped image, in characters of Base64: a little over 7 MB, what platforms take at most. */
export const longestImage = 9_800_000;

/** Of a pasted text that is attached, in UTF-16 units: as much as of a file. */
export const longestPaste = 1024 * 1024;

/** What can be done with code of an answer. */
export const codeActions = ['insert', 'replace', 'apply', 'new-file', 'terminal'] as const;
export type CodeAction = (typeof codeActions)[number];

/** What can be done with a conversation of the list. `undelete` takes back a `delete`. */
export const historyActions = [
  'open',
  'open-tab',
  'pin',
  'unpin',
  'delete',
  'undelete',
  'export-markdown',
  'export-json',
  'open-markdown',
  'copy-code',
] as const;
export type HistoryAction = (typeof historyActions)[number];

/** What a button of the panel can start in the host. A closed list: the view can run nothing else. */
export const panelActions = [
  'set-api-key',
  'try-demo',
  'test-connection',
  'diagnose',
  'open-settings',
  'show-log',
  'retry',
  'attach-selection',
  'migrate-profile',
  'manage-connections',
  'check-address',
  'switch-model',
  'inspect',
] as const;
export type PanelAction = (typeof panelActions)[number];

export interface ComposerState {
  /** `none`: no key yet, offer to set one or to try without. `demo`: answers come from the emulator. */
  connection: 'none' | 'key' | 'demo';
  /** Models to choose from, grouped by provider and family. */
  models: readonly ModelGroup[];
  modelRef: string;
  modelName: string;
  /** Ranges of the chosen model, for the parameter form. */
  rules: ParameterRules;
  /** What the user set; empty members mean the platform's default. */
  parameters: ModelParameters;
  /** What Qiao sends for this model where the user set nothing; the form shows it as the default. */
  suggested?: ModelParameters;
  attachments: readonly AttachmentView[];
  /** What `/` offers. */
  commands: readonly CommandChoice[];
  /** Whether the chosen model takes images; `undefined` where that is not known. */
  imageInput?: boolean;
  /** A line above the composer about the chosen connection, until the user dismisses it. */
  notice?: NoticeView;
  /** What an empty conversation offers to ask. */
  starters?: readonly Starter[];
}

export interface Starter {
  label: string;
  /** What a click puts into the composer; a slash command attaches what it is about. */
  text: string;
}

export interface NoticeView {
  /** Names the notice in `notice-dismiss`. */
  id: string;
  /** A few sentences in the user's language. */
  text: string;
  actions: readonly PanelAction[];
  /** Something is at stake: it is marked, and said at once by a screen reader. */
  warning?: boolean;
}

export interface ModelGroup {
  label: string;
  models: readonly ModelChoice[];
}

export interface ModelChoice {
  /** `connectionId/modelId`. */
  ref: string;
  name: string;
  /** E.g. `128K`. */
  detail?: string;
}

/** Something that can be attached. */
export interface ContextChoice {
  /** For `context-pick`; holds until the next search. */
  id: string;
  /** Name of a codicon. */
  icon: string;
  label: string;
  detail: string;
  /** Stretches of `label` that match the query, in UTF-16 units, end exclusive. */
  matches: readonly (readonly [start: number, end: number])[];
}

/** A slash command, built in or of the prompt library. */
export interface CommandChoice {
  /** Without the slash. */
  name: string;
  description: string;
  /** `user`, `workspace`: a file of the prompt library. */
  source: 'built-in' | 'user' | 'workspace';
  /** Whether it runs at once, and sends nothing. */
  local: boolean;
}

export interface AttachmentView {
  id: string;
  kind: Attachment['kind'];
  /** File name, for the chip; hidden characters in it are marked. */
  name: string;
  /** Workspace-relative path, for the tooltip; marked too. */
  path: string;
  languageId: string;
  /** Both 0 for what has no lines. */
  startLine: number;
  endLine: number;
  /** Estimated; 0 where the platform alone can tell. */
  tokens: number;
  /** Characters that are left out at its end, as it is too long. */
  cutCharacters?: number;
  /** What it holds that nobody sees, in the user's language; absent where there is nothing. */
  hidden?: string;
  /** Whether it can be shown where it came from. */
  canOpen: boolean;
  /** In the composer alone. */
  ready?: {
    /** It follows the editor until it is pinned. */
    live: boolean;
    /** A slash command brought it, and takes it away again. */
    byCommand: boolean;
    canRefresh: boolean;
    /** Why it is not sent until the user confirms it, in their language. */
    held?: string;
    /** It follows the editor, and the next request holds it anyway: it goes along when it changes or is pinned. */
    repeated: boolean;
  };
}

/** A stretch of the branch in sight; a long conversation crosses to the view in parts. */
export interface TurnWindow {
  turns: readonly TurnView[];
  /** How many turns stand before and after these. */
  earlier: number;
  later: number;
}

export interface ConversationView {
  id: string;
  /** An answer is coming, whether or not the view has its turn. */
  running: boolean;
  /** Empty before the first question. */
  title: string;
  pinned: boolean;
  /** Of this conversation alone; empty: the one of the settings holds. */
  systemPrompt: string;
  /** The question that is asked when the running answer is done. `held`: it waits until the user says so. */
  queued?: { text: string; attachments: readonly AttachmentView[]; held: boolean };
}

/** How full the next request is. */
export interface ContextView {
  /** Tokens of everything that will be sent, draft included. */
  tokens: number;
  /** Whether the platform itself counted them; else they are estimated. */
  exact: boolean;
  /** What the model takes, without the room that is kept for the answer; unknown for some. */
  limit?: number;
  /** How many of the oldest turns are left out, and the first one that goes along. */
  omittedTurns: number;
  firstSentTurnId?: string;
  /** The last turn that a summary stands for. */
  summarisedThroughTurnId?: string;
  summarising: boolean;
  /** What the conversation took so far: a sentence in the user's language. */
  spent?: string;
  /** A model of the same connection that would take it all. */
  largerModel?: { ref: string; name: string };
}

export interface TurnView {
  id: string;
  question: string;
  attachments: readonly AttachmentView[];
  modelName: string;
  text: string;
  reasoning: string;
  /** The tools it called, in their order; absent where there are none. */
  tools?: readonly ToolView[];
  outcome: OutcomeView;
  /** Where this turn stands among the branches from the same place; absent when it is the only one. */
  branch?: { index: number; count: number; previousId?: string; nextId?: string };
}

/** A call of a tool, as the model and the tool wrote it. */
export interface ToolView {
  name: string;
  /** JSON text. */
  arguments: string;
  /** Absent until the tool has run; of calls that nothing runs, for good. */
  result?: { text: string; isError: boolean };
}

/** How far an answer came. */
export interface OutcomeView {
  status: AnswerStatus;
  finishReason?: FinishReason;
  usage?: Usage;
  /** What it cost, e.g. `¥0.0123`; absent where that is not known. */
  cost?: string;
  /** Tokens of each kind, cost, and what is left of the platform's limits: lines in the user's language. */
  usageDetails?: string;
  /** How long the model reasoned, in milliseconds. */
  reasoningMs?: number;
  /** Whether there is something to go on from: the answer was cut, stopped or interrupted. */
  canContinue?: boolean;
  /** A sentence below the answer, e.g. that it was cut at the model's limit or earlier turns were left out. */
  notice?: string;
  error?: ErrorCard;
}

/** An error in the user's language, with what can be done about it. */
export interface ErrorCard {
  kind: ChatErrorKind;
  title: string;
  /** The next step, one or two sentences. */
  advice: string;
  /** The platform's own words. */
  detail?: string;
  /** How long to wait and what is left of the platform's limits, where it said so: sentences without a full stop. */
  limits?: readonly string[];
  status?: number;
  code?: string;
  requestId?: string;
  /** The vendor's own page about this error. */
  help?: { label: string; href: string };
  actions: readonly PanelAction[];
}
