/** What the host says to the inspector's page. */

import type { AttemptRecord, ExchangeRecord } from './exchangeRecord.ts';

/** From the host to the page, after the page said `ready` and whenever something is different. */
export interface InspectMessage {
  type: 'inspect-show';
  /** The record that was opened, and the last replay of it. */
  records: readonly RecordView[];
  /** Why there is nothing, or not all, to see. `send`: the turn's question can be sent again. */
  note?: { text: string; send: boolean };
  /** A replay is on its way and can be stopped. */
  replaying: boolean;
}

export interface RecordView extends Omit<ExchangeRecord, 'attempts' | 'parts'> {
  /** What the request is called in the user's language. */
  title: string;
  attempts: readonly AttemptView[];
  parts: readonly PartView[];
  /** In the user's language. */
  failureTitle?: string;
  /** Why it cannot be sent again, in the user's language; without it, it can. */
  noReplay?: string;
}

export interface AttemptView extends Omit<AttemptRecord, 'chunks'> {
  /** The body as it came. */
  text: string;
  events: readonly EventView[];
  /** The place in the body from where it can't be read. */
  unreadable?: { line: number; message: string };
}

export interface EventView {
  atMs: number;
  line: number;
  name?: string;
  data: string;
  /** Members that were passed over; empty where all of it was. */
  skipped?: readonly string[];
}

export interface PartView {
  atMs: number;
  type: string;
  /** What the part says, as JSON. */
  data: string;
}
