/** Conversations as plain data: what was asked, what travelled with it, what came back, and which branch is in sight. */

import type { AnswerPart } from '../../llm/answerParts.ts';
import type { ChatErrorKind } from '../../llm/chatError.ts';
import type { FinishReason, ModelParameters, Usage } from '../../llm/chatModel.ts';
import type { Cost } from '../../llm/pricing.ts';
import type { RateLimits } from '../../llm/rateLimits.ts';

/**
 * `visible`: the lines on screen, for want of anything better. `folder`: the names in it. `problems`: diagnostics.
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

/** What travels with a question. */
export interface Attachment {
  id: string;
  kind: (typeof attachmentKinds)[number];
  /**
   * Workspace-relative path with `/`, prefixed by the folder's name when several are open. For what has no path, such
   * as a terminal's output: what it is, in the user's language.
   */
  path: string;
  /** Where it can be opened again, as a URI string; empty where it can't. */
  uri: string;
  languageId: string;
  /** 1-based, inclusive; both 0 for what has no lines of its own in a document. */
  startLine: number;
  endLine: number;
  text: string;
  /** How many more there were in the place, which is too long to attach whole. */
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

/** An error as it is kept and shown: no stack, no cause, no secret. */
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
 * `running`: tokens are coming. `done`: the model finished. `stopped`: the user stopped it.
 * `failed`: it ended with `error`. `interrupted`: the window closed while it was running.
 */
export type AnswerStatus = 'running' | 'done' | 'stopped' | 'failed' | 'interrupted';

export interface Answer {
  status: AnswerStatus;
  parts: readonly AnswerPart[];
  /** How long the model reasoned before its first word, in milliseconds. */
  reasoningMs?: number;
  finishReason?: FinishReason;
  /** The platform's own word, where `finishReason` is `other`. */
  rawReason?: string;
  usage?: Usage;
  /** What it cost by the prices of that time, its earlier parts included; absent where that is not known. */
  cost?: Cost;
  /** What the platform said of the key's limits. */
  rateLimits?: RateLimits;
  /** What Qiao thought the request would take; with `usage.inputTokens` it tells how far the estimates are off. */
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
  /** What is sent in the question's place, when a slash command or a prompt of the library wrote it. */
  prompt?: string;
  attachments: readonly Attachment[];
  /** `connectionId/modelId`, see `modelRef.ts`. */
  model: string;
  parameters: ModelParameters;
  /** Milliseconds since the epoch. */
  askedAt: number;
  answer: Answer;
}

/** What holds for one conversation; an empty member means the user's setting. */
export interface ConversationSettings {
  /** `connectionId/modelId`. */
  model?: string;
  parameters?: ModelParameters;
  systemPrompt?: string;
}

/** Stands for the turns from the first to `throughTurnId` in requests; the turns themselves stay in sight. */
export interface Summary {
  throughTurnId: string;
  text: string;
}

export interface Conversation {
  id: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** URI of the folder it was begun in. */
  workspace: string | null;
  /** Given by the user; else one is proposed from the first question. */
  title?: string;
  pinned: boolean;
  /** Milliseconds since the epoch; it can be brought back for a while. */
  deletedAt?: number;
  settings: ConversationSettings;
  summaries: readonly Summary[];
  /** Those of every branch, in the order they were asked. */
  turns: readonly Turn[];
  /** The last turn of the branch in sight; `null` before the first question. */
  headId: string | null;
}

/** How an answer went, without what it says. */
export type AnswerOutcome = Omit<Answer, 'parts'>;

export const emptyAnswer: Answer = { status: 'running', parts: [] };

/** A conversation nobody has asked anything in. */
export function createConversation(id: string, createdAt: number, workspace: string | null): Conversation {
  return { id, createdAt, workspace, pinned: false, settings: {}, summaries: [], turns: [], headId: null };
}

/** The turns of the branch in sight, oldest first. */
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
    // Each turn once: a damaged file may send us round in a circle.
    byId.delete(turn.id);
    turn = turn.parentId === null ? undefined : byId.get(turn.parentId);
  }
  return path.reverse();
}

/** Where the branch that leads through `turnId` ends, taking the newest turn at each fork. */
export function lastTurnAfter({ turns }: Conversation, turnId: string): string {
  const newestChild = new Map(turns.map(({ parentId, id }) => [parentId, id]));
  let last = turnId;
  for (let next = newestChild.get(last); next !== undefined; next = newestChild.get(last)) {
    newestChild.delete(last);
    last = next;
  }
  return last;
}
