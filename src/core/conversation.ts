/** Conversations as plain data: what was asked, what travelled with it, what came back. */

import type { ChatErrorKind } from './chatError.ts';
import type { FinishReason, ModelParameters, Usage } from './chatModel.ts';

/** Code that travels with a question. */
export interface Attachment {
  id: string;
  /** `visible`: the lines on screen, for want of anything better. */
  kind: 'selection' | 'file' | 'symbol' | 'visible';
  /** Workspace-relative path with `/`, prefixed by the folder's name when several are open. */
  path: string;
  /** Where it can be opened again, as a URI string. */
  uri: string;
  languageId: string;
  /** 1-based, inclusive. */
  startLine: number;
  endLine: number;
  text: string;
  /** Name of the symbol, for `kind: 'symbol'`. */
  symbol?: string;
}

/** An error as it is kept and shown: no stack, no cause, no secret. */
export interface ErrorReport {
  kind: ChatErrorKind;
  providerId: string;
  message: string;
  status?: number;
  code?: string;
  requestId?: string;
}

/**
 * `running`: tokens are coming. `done`: the model finished. `stopped`: the user stopped it.
 * `failed`: it ended with `error`. `interrupted`: the window closed while it was running.
 */
export type AnswerStatus = 'running' | 'done' | 'stopped' | 'failed' | 'interrupted';

export interface Answer {
  status: AnswerStatus;
  text: string;
  reasoning: string;
  finishReason?: FinishReason;
  usage?: Usage;
  requestId?: string;
  /** How many earlier turns did not fit into the request. */
  omittedTurns?: number;
  error?: ErrorReport;
}

export interface Turn {
  id: string;
  question: string;
  attachments: readonly Attachment[];
  /** `connectionId/modelId`, see `modelRef.ts`. */
  model: string;
  parameters: ModelParameters;
  /** Milliseconds since the epoch. */
  askedAt: number;
  answer: Answer;
}

export interface Conversation {
  id: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  turns: readonly Turn[];
}

export const emptyAnswer: Answer = { status: 'running', text: '', reasoning: '' };
