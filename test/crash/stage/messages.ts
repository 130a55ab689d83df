/** What a test and the processes that it kills say to each other. */

import type { AnswerStatus } from '../../../src/chat/common/conversation.ts';

/** The first argument of every process, as JSON. */
export interface WindowOptions {
  /** Where the conversations are; windows share it. */
  folder: string;
  /** What VS Code would remember for the window's workspace. */
  memoryFile: string;
  /** The emulated platform. */
  origin: string;
  /** Conversations to open and to report. */
  ids: readonly string[];
}

export type WindowCommand =
  /** Without an id in a new conversation. */
  | { type: 'ask'; conversationId?: string; question: string }
  /** Lets the last answer go on. */
  | { type: 'continue'; conversationId: string };

export type WindowReport =
  /** `conversations` in the order of the ids. */
  | { type: 'ready'; conversations: readonly (OpenedConversation | undefined)[] }
  | { type: 'asked'; conversationId: string }
  /** So many characters of the answer have gone to the panel since the process began. `at`: milliseconds since the epoch. */
  | { type: 'shown'; characters: number; at: number }
  /** Something that the user would read in the log. */
  | { type: 'complaint'; text: string };

export interface OpenedConversation {
  id: string;
  turns: readonly OpenedTurn[];
}

export interface OpenedTurn {
  question: string;
  text: string;
  reasoning: string;
  status: AnswerStatus;
  canContinue: boolean;
}

export interface WriterOptions {
  folder: string;
  conversationId: string;
  /** Of the turn that this writer begins. */
  turnId: string;
  /** Writes the conversation's first line. */
  begins: boolean;
  /** Milliseconds between two events. */
  interval: number;
}

export type WriterReport =
  /** The promise of the event with this number has settled. */
  { type: 'kept'; number: number } | { type: 'complaint'; text: string };
