/** What the panel and its host say to each other: one-way events, types only (schemas stand in `protocolSchema.ts`). */

import type { ChatErrorKind } from './chatError.ts';
import type { FinishReason, ModelParameters, ParameterRules, Usage } from './chatModel.ts';
import type { AnswerStatus } from './conversation.ts';
import type { PanelStrings } from './panelStrings.ts';

/** From the host to the view. Nothing is posted before the view said `view-ready`. */
export type HostMessage =
  /** Everything; the view throws away what it had. */
  | {
      type: 'snapshot';
      strings: PanelStrings;
      composer: ComposerState;
      draft: string;
      turns: readonly TurnView[];
    }
  /** Model, key, parameters or attachments are different now. */
  | { type: 'composer-change'; composer: ComposerState }
  /** Another conversation, or the same one with turns taken away. */
  | { type: 'conversation-change'; turns: readonly TurnView[] }
  | { type: 'turn-start'; turn: TurnView }
  /** More of the running answer; either text may be empty. */
  | { type: 'turn-delta'; turnId: string; text: string; reasoning: string }
  /** The whole text so far, because the platform revised it. */
  | { type: 'turn-replace'; turnId: string; text: string }
  /**
   * The request failed in a way that may pass; it is sent again after `delayMs`, as try number `attempt` (the first
   * request was 1). `reason`: the error's title in the user's language, without a full stop.
   */
  | { type: 'turn-wait'; turnId: string; delayMs: number; attempt: number; reason: string }
  | { type: 'turn-finish'; turnId: string; outcome: OutcomeView }
  /** Put the caret into the composer; `text`, when given, takes the place of the draft. */
  | { type: 'composer-focus'; text?: string };

/** From the view to the host; validated on arrival, a bad one is logged and dropped. */
export type ViewMessage =
  | { type: 'view-ready' }
  | { type: 'turn-submit'; text: string }
  | { type: 'turn-stop' }
  /** Ask the same question again; a turn that brought no text gives way to the new one. */
  | { type: 'turn-retry'; turnId: string }
  | { type: 'chat-new' }
  /** Sent as the user types (at most every 300 ms), so that no draft is lost. */
  | { type: 'draft-change'; text: string }
  | { type: 'attachment-remove'; id: string }
  /** Show where the code came from; `id` may be one of the composer or of any turn. */
  | { type: 'attachment-open'; id: string }
  /** A `ModelChoice.ref`, or what the user typed: a model id of the current connection. */
  | { type: 'model-select'; ref: string }
  | { type: 'parameters-change'; parameters: ModelParameters }
  | { type: 'action-run'; action: PanelAction; turnId?: string }
  /** The user has read `ComposerState.notice` and does not want to see it again. */
  | { type: 'notice-dismiss'; id: string }
  | { type: 'text-copy'; text: string }
  /** The host shows the address before anything opens. */
  | { type: 'link-open'; href: string };

/** What a button of the panel can start in the host. A closed list: the view can run nothing else. */
export const panelActions = [
  'set-api-key',
  'try-demo',
  'test-connection',
  'open-settings',
  'show-log',
  'retry',
  'attach-selection',
  'migrate-profile',
  'manage-connections',
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
  /** A line above the composer about the chosen connection, until the user dismisses it. */
  notice?: NoticeView;
}

export interface NoticeView {
  /** Names the notice in `notice-dismiss`. */
  id: string;
  /** One sentence in the user's language. */
  text: string;
  actions: readonly PanelAction[];
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

export interface AttachmentView {
  id: string;
  kind: 'selection' | 'file' | 'symbol' | 'visible';
  /** File name, for the chip. */
  name: string;
  /** Workspace-relative path, for the tooltip. */
  path: string;
  languageId: string;
  startLine: number;
  endLine: number;
}

export interface TurnView {
  id: string;
  question: string;
  attachments: readonly AttachmentView[];
  modelName: string;
  text: string;
  reasoning: string;
  outcome: OutcomeView;
}

/** How far an answer came. */
export interface OutcomeView {
  status: AnswerStatus;
  finishReason?: FinishReason;
  usage?: Usage;
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
  status?: number;
  code?: string;
  requestId?: string;
  /** The vendor's own page about this error. */
  help?: { label: string; href: string };
  actions: readonly PanelAction[];
}
