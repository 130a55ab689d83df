/** Messages between the inspector's page and its host. The page imports only types, so zod stays out of its bundle. */

import * as z from 'zod';
import { longestText } from '../../chat/common/protocol.ts';
import type { AttemptRecord, ExchangeRecord } from './exchangeRecord.ts';

/** From the host to the page, after `ready` and with each change. */
export interface InspectMessage {
  type: 'inspect-show';
  /** The record that was opened, and the last replay of it. */
  records: readonly RecordView[];
  /** Why records are missing. `send`: the turn's question can be sent again. */
  note?: { text: string; send: boolean };
  /** A replay is on its way and can be stopped. */
  replaying: boolean;
}

export interface RecordView extends Omit<ExchangeRecord, 'attempts' | 'parts'> {
  /** In the user's language. */
  title: string;
  attempts: readonly AttemptView[];
  parts: readonly PartView[];
  /** In the user's language. */
  failureTitle?: string;
  /** Why it cannot be replayed, in the user's language. */
  noReplay?: string;
}

export interface AttemptView extends Omit<AttemptRecord, 'chunks'> {
  /** The body as it came. */
  text: string;
  events: readonly EventView[];
  /** Where the body becomes unreadable. */
  unreadable?: { line: number; message: string };
}

export interface EventView {
  atMs: number;
  line: number;
  name?: string;
  data: string;
  /** Members that the decoder ignored; empty if it ignored the whole event. */
  skipped?: readonly string[];
}

export interface PartView {
  atMs: number;
  type: string;
  /** The part as JSON. */
  data: string;
}

/** From the page to the host; invalid messages are logged and dropped. */
export const inspectRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('copy'), text: z.string() }),
  /** Without `body`, the recorded one is sent. */
  z.object({
    type: z.literal('replay'),
    number: z.number(),
    body: z
      .string()
      .max(4 * longestText)
      .optional(),
  }),
  /** Sends the question of a turn without a record again. */
  z.object({ type: z.literal('send') }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('export'), number: z.number() }),
]);

export type InspectRequest = z.infer<typeof inspectRequestSchema>;
