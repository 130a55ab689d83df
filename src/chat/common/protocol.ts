/** Messages from the host to the panel. Those from the panel to the host are in `protocolSchema.ts`. */

import type { ChatErrorKind } from '../../llm/chatError.ts';
import type { FinishReason, ModelParameters, ParameterRules, Usage } from '../../llm/chatModel.ts';
import type { ContextUse } from './contextUse.ts';
import type { AnswerStatus, Attachment } from './conversation.ts';
import type { HistoryEntry } from './historyEntry.ts';

/** From the host to the view. Nothing is posted before the view has sent `view-ready`. */
export type HostMessage =
  /** Replaces the whole state of the view. */
  | ({
      type: 'snapshot';
      /** Id of a tab, which the page stores to find its chat again after a reload. */
      tab?: string;
      composer: ComposerState;
      /** Absent until a panel has sent a draft since the window opened: the view's stored draft is newer. */
      draft?: string;
      conversation: ConversationView;
    } & TurnWindow)
  /** Model, key, parameters, commands or a notice changed. */
  | { type: 'composer-change'; composer: ComposerState }
  /** Only the attachments changed, e.g. because the selection did. */
  | { type: 'attachments-change'; attachments: readonly AttachmentView[] }
  /** Another conversation, another branch, or another part of it. `revealTurnId`: scroll to that turn. */
  | ({ type: 'conversation-change'; conversation: ConversationView; revealTurnId?: string } & TurnWindow)
  /** Title, pin, settings or queue changed; the turns did not. */
  | { type: 'conversation-update'; conversation: ConversationView }
  /** More turns before or after those of the view. `left`: how many follow in that direction. */
  | { type: 'turns-add'; place: 'before' | 'after'; turns: readonly TurnView[]; left: number }
  | { type: 'turn-start'; turn: TurnView }
  /** More of the running answer; either text may be empty. `reasoningMs`: sent once, when the reasoning is over. */
  | { type: 'turn-delta'; turnId: string; text: string; reasoning: string; reasoningMs?: number }
  /** All tool calls of the running answer so far; later text follows them. */
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
  /** What the next request will take of the context. */
  | { type: 'context-change'; context: ContextView }
  /** Focus the composer. `text`, if given, replaces the draft. */
  | { type: 'composer-focus'; text?: string }
  /** Choices for `#query`, best first. A later message for the same query replaces these. */
  /** `isPartial`: the workspace's files are still being listed; more results may follow. */
  | { type: 'context-results'; query: string; items: readonly ContextChoice[]; isPartial?: boolean }
  /** Answers `files-resolve`: the references asked about, and those that can be opened. */
  | { type: 'files-found'; asked: readonly string[]; there: readonly string[] }
  /** This draft moved to another chat; text typed after it stays. */
  | { type: 'draft-move'; text: string }
  /** Replace the draft without moving the focus. */
  | { type: 'draft-replace'; text: string }
  /** Show the list of conversations. */
  | { type: 'history-show' }
  /**
   * A part of the conversations that match `query` (all when it is empty), newest first. With `here`, only those of this
   * folder. `from`: how many stand before them, where pinned ones stand before all others; `total`: how many match.
   * Without these three, `entries` are all there are. `elsewhere`: whether any belongs to another folder. `deleted`: can
   * be restored.
   */
  | {
      type: 'history-list';
      query: string;
      entries: readonly HistoryEntry[];
      here?: boolean;
      from?: number;
      total?: number;
      elsewhere?: boolean;
      deleted?: { id: string; title: string };
    }
  /** Open the find bar. */
  | { type: 'find-show' }
  /** Turns of the active branch that contain `query`, oldest first, with the number of matches in each. */
  | { type: 'find-results'; query: string; matches: readonly { turnId: string; count: number }[] };

/** Of a question or a system prompt, in UTF-16 units: far above what a user types, far below what would be slow. */
export const longestText = 4_000_000;

/** Of a pasted or dropped image, in characters of Base64: a little over 7 MB, what platforms take at most. */
export const longestImage = 9_800_000;

/** Of a pasted text that is attached, in UTF-16 units: the same as for a file. */
export const longestPaste = 1024 * 1024;

/** Actions for code of an answer. */
export const codeActions = ['insert', 'replace', 'apply', 'new-file', 'terminal'] as const;
export type CodeAction = (typeof codeActions)[number];

/** Actions for a conversation of the list. `undelete` reverts `delete`. */
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

/** Actions of the panel's buttons. The view can run nothing else in the host. */
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
  /** Set by the user; absent members mean the platform's default. */
  parameters: ModelParameters;
  /** Sent for this model where the user set nothing; the form shows these as defaults. */
  suggested?: ModelParameters;
  attachments: readonly AttachmentView[];
  /** What `/` offers. */
  commands: readonly CommandChoice[];
  /** Whether the chosen model takes images; `undefined` where that is unknown. */
  imageInput?: boolean;
  /** A line above the composer about the chosen connection, until the user dismisses it. */
  notice?: NoticeView;
  /** Questions suggested in an empty conversation. */
  starters?: readonly Starter[];
}

export interface Starter {
  label: string;
  /** The draft after a click; a slash command in it adds its attachments. */
  text: string;
}

export interface NoticeView {
  /** For `notice-dismiss`. */
  id: string;
  /** A few sentences in the user's language. */
  text: string;
  actions: readonly PanelAction[];
  /** Marks the notice, and makes a screen reader announce it at once. */
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
  /** Ranges of `label` that match the query, in UTF-16 units, end exclusive. */
  matches: readonly (readonly [start: number, end: number])[];
}

/** A slash command, built in or from the prompt library. */
export interface CommandChoice {
  /** Without the slash. */
  name: string;
  description: string;
  /** `user`, `workspace`: a file of the prompt library. */
  source: 'built-in' | 'user' | 'workspace';
  /** Whether it runs in the host and sends nothing. */
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
  /** Estimated; 0 where only the platform knows. */
  tokens: number;
  /** Characters left out at the end of an attachment that is too long. */
  cutCharacters?: number;
  /** Describes its invisible characters, in the user's language; absent without any. */
  hidden?: string;
  /** Whether its source can be opened. */
  canOpen: boolean;
  /** In the composer alone. */
  ready?: {
    /** It follows the editor until it is pinned. */
    implicit: boolean;
    /** A slash command brought it, and takes it away again. */
    byCommand: boolean;
    canRefresh: boolean;
    /** Why it is not sent until the user confirms it, in their language. */
    blockReason?: string;
    /** It follows the editor, and the next request contains it already. It is sent when it changes or is pinned. */
    repeated: boolean;
  };
}

/** Consecutive turns of the active branch: a long conversation is sent to the view in parts. */
export interface TurnWindow {
  turns: readonly TurnView[];
  /** How many turns precede and follow these. */
  earlier: number;
  later: number;
}

export interface ConversationView {
  id: string;
  /** An answer is running, whether or not the view has its turn. */
  running: boolean;
  /** Empty before the first question. */
  title: string;
  pinned: boolean;
  /** Of this conversation; empty: the user setting applies. */
  systemPrompt: string;
  /** The question that is asked when the running answer is done. `held`: it waits until the user says so. */
  queued?: { text: string; attachments: readonly AttachmentView[]; held: boolean };
}

/** How much of the model's context the next request takes. */
export interface ContextView extends Omit<ContextUse, 'wantedTokens'> {
  summarising: boolean;
  /** Tokens and cost of the conversation so far: a sentence in the user's language. */
  spent?: string;
  /** A model of the same connection that takes the whole request. */
  largerModel?: { ref: string; name: string };
}

export interface TurnView {
  id: string;
  question: string;
  attachments: readonly AttachmentView[];
  modelName: string;
  text: string;
  reasoning: string;
  /** Its tool calls, in their order; absent without any. */
  tools?: readonly ToolView[];
  outcome: OutcomeView;
  /** Where this turn stands among the branches from the same place; absent when it is the only one. */
  branch?: { index: number; count: number; previousId?: string; nextId?: string };
}

/** A tool call, with the texts of the model and the tool. */
export interface ToolView {
  name: string;
  /** JSON text. */
  arguments: string;
  /** Absent until the tool has run, and for calls that nothing runs. */
  result?: { text: string; isError: boolean };
}

/** The state of an answer, without its text. */
export interface OutcomeView {
  status: AnswerStatus;
  finishReason?: FinishReason;
  usage?: Usage;
  /** E.g. `¥0.0123`; absent where the cost is unknown. */
  cost?: string;
  /** Tokens of each kind, cost, and the platform's remaining limits: lines in the user's language. */
  usageDetails?: string;
  /** How long the model reasoned, in milliseconds. */
  reasoningMs?: number;
  /** Whether the answer was cut, stopped or interrupted and can be continued. */
  canContinue?: boolean;
  /** A sentence below the answer, e.g. that it was cut at the model's limit or earlier turns were left out. */
  notice?: string;
  error?: ErrorCard;
}

/** An error in the user's language, with advice and actions. */
export interface ErrorCard {
  kind: ChatErrorKind;
  title: string;
  /** The next step, one or two sentences. */
  advice: string;
  /** The platform's message. */
  detail?: string;
  /** How long to wait, and the platform's remaining limits if known: sentences without a full stop. */
  limits?: readonly string[];
  status?: number;
  code?: string;
  requestId?: string;
  /** The vendor's own page about this error. */
  help?: { label: string; href: string };
  actions: readonly PanelAction[];
}
