/** The data model of conversations: turns with attachments and answers, and the active branch. */

import type { AnswerPart } from '../../llm/answerParts.ts';
import type { ChatErrorKind } from '../../llm/chatError.ts';
import type { FinishReason, ModelParameters, Usage } from '../../llm/chatModel.ts';
import type { Cost } from '../../llm/pricing.ts';
import type { RateLimits } from '../../llm/rateLimits.ts';

/**
 * `visible`: the lines on screen, where nothing is selected. `folder`: the names in it. `problems`: diagnostics.
 * `changes`: a diff. `cell`: one of a notebook.
 */
export const attachmentKinds = [
  'selection',
  'file',
  'symbol',
  'visible',
  'folder',
  'problems',
  'changes',
  'terminal',
  'clipboard',
  'image',
  'cell',
] as const;

/** A piece of context that is sent with a question. */
export interface Attachment {
  id: string;
  kind: (typeof attachmentKinds)[number];
  /**
   * Workspace-relative path with `/`, prefixed by the folder's name when several are open. Without a path, e.g. for a
   * terminal's output, a description in the user's language.
   */
  path: string;
  /** URI of its source; empty where it can't be opened. */
  uri: string;
  languageId: string;
  /** 1-based, inclusive; both 0 for an attachment without lines in a document. */
  startLine: number;
  endLine: number;
  text: string;
  /** How many characters were left out of a source that is too long. */
  cutCharacters?: number;
  /** Name of the symbol, for `kind: 'symbol'`. */
  symbol?: string;
  /** For `kind: 'image'`, whose `text` is empty. */
  image?: AttachedImage;
}

export interface AttachedImage {
  /** `image/png`, `image/jpeg`, `image/webp` or `image/gif`. */
  mimeType: string;
  /** Base64. */
  data: string;
  /** In pixels. */
  width: number;
  height: number;
}

/** An error as it is stored and shown: without stack, cause and secrets. */
export interface ErrorReport {
  kind: ChatErrorKind;
  providerId: string;
  message: string;
  status?: number;
  code?: string;
  requestId?: string;
  /** How long the platform asked to wait, in milliseconds. */
  retryAfterMs?: number;
  rateLimits?: RateLimits;
}

/**
 * `running`: it is being received. `done`: the model finished. `stopped`: the user stopped it.
 * `failed`: it ended with `error`. `interrupted`: the window closed while it was running.
 */
export type AnswerStatus = 'running' | 'done' | 'stopped' | 'failed' | 'interrupted';

export interface Answer {
  status: AnswerStatus;
  parts: readonly AnswerPart[];
  /** How long the model reasoned before its first word, in milliseconds. */
  reasoningMs?: number;
  finishReason?: FinishReason;
  /** The platform's reason, where `finishReason` is `other`. */
  rawReason?: string;
  usage?: Usage;
  /** By the prices of that time, including the parts before a continuation; absent where it is unknown. */
  cost?: Cost;
  /** The limits of the key, as the platform reported them. */
  rateLimits?: RateLimits;
  /** Estimated size of the request; compared with `usage.inputTokens`, it gives the error of the estimates. */
  estimatedInputTokens?: number;
  requestId?: string;
  /** How many earlier turns did not fit into the request. */
  omittedTurns?: number;
  error?: ErrorReport;
}

export interface Turn {
  id: string;
  /** The turn this one follows; `null` for one that opens the conversation. Turns with one parent are branches. */
  parentId: string | null;
  /** As the user typed it. */
  question: string;
  /** Sent in place of the question, when a slash command or a prompt of the library made it. */
  prompt?: string;
  attachments: readonly Attachment[];
  /** `connectionId/modelId`, see `modelRef.ts`. */
  model: string;
  parameters: ModelParameters;
  /** Milliseconds since the epoch. */
  askedAt: number;
  answer: Answer;
}

/** Settings of one conversation; an absent member means the user setting. */
export interface ConversationSettings {
  /** `connectionId/modelId`. */
  model?: string;
  parameters?: ModelParameters;
  systemPrompt?: string;
}

/** Replaces the turns up to `throughTurnId` in requests; the turns stay visible. */
export interface Summary {
  throughTurnId: string;
  text: string;
}

export interface Conversation {
  id: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** URI of the workspace folder it was started in. */
  workspace: string | null;
  /** Set by the user; else one is made from the first question. */
  title?: string;
  pinned: boolean;
  /** Milliseconds since the epoch. A deleted conversation can be restored for a while. */
  deletedAt?: number;
  settings: ConversationSettings;
  summaries: readonly Summary[];
  /** The turns of all branches, in the order they were asked. */
  turns: readonly Turn[];
  /** The last turn of the active branch; `null` before the first question. */
  headId: string | null;
}

/** An answer without its text. */
export type AnswerOutcome = Omit<Answer, 'parts'>;

export const emptyAnswer: Answer = { status: 'running', parts: [] };

/** A conversation without turns. */
export function createConversation(id: string, createdAt: number, workspace: string | null): Conversation {
  return { id, createdAt, workspace, pinned: false, settings: {}, summaries: [], turns: [], headId: null };
}

/** The turns of the active branch, oldest first. */
export function activeTurns(conversation: Conversation): Turn[] {
  return turnsUpTo(conversation, conversation.headId);
}

/** The branch that ends with `turnId`, oldest first. */
export function turnsUpTo({ turns }: Conversation, turnId: string | null): Turn[] {
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const path: Turn[] = [];
  let turn = turnId === null ? undefined : byId.get(turnId);
  while (turn) {
    path.push(turn);
    // Each turn once: a damaged file may contain a cycle.
    byId.delete(turn.id);
    turn = turn.parentId === null ? undefined : byId.get(turn.parentId);
  }
  return path.reverse();
}

/** The last turn of the branch through `turnId` that takes the newest turn at each fork. */
export function lastTurnAfter({ turns }: Conversation, turnId: string): string {
  const newestChild = new Map(turns.map(({ parentId, id }) => [parentId, id]));
  let last = turnId;
  for (let next = newestChild.get(last); next !== undefined; next = newestChild.get(last)) {
    newestChild.delete(last);
    last = next;
  }
  return last;
}
