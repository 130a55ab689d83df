/** Writes and parses one line of a history file, and tells a line cut by a crash from a damaged one. */

import * as z from 'zod';
import type { ConversationEvent } from '../../common/conversationLog.ts';
import { conversationEventSchema, eventTypes } from '../../common/conversationSchema.ts';

/**
 * `events`: more than one, or one after a rest, where a crash cut the line before it. `newer`: a newer Qiao wrote the
 * line. `cut`: it begins like a valid line but does not end like one.
 */
export interface Line {
  events: readonly ConversationEvent[];
  fault?: 'newer' | 'cut' | 'bad';
  /** It begins a session, whole or cut. */
  session?: boolean;
}

/** How every line begins. It occurs nowhere else: in JSON strings its quotes are escaped, and `formatLine` spaces nested objects. */
const start = '{"type":"';

const anyEvent = z.looseObject({ type: z.string() });
const newerHeader = z.looseObject({ type: z.literal('conversation'), version: z.number().min(2) });

/** The event as JSON, without a line end. */
export function formatLine(event: ConversationEvent): string {
  const json = JSON.stringify(event);
  return start + json.slice(start.length).replaceAll(start, '{ "type":"');
}

/** An empty line has no events and no fault. */
export function parseLine(text: string): Line {
  if (text === '' || text === '\r') return { events: [] };
  const whole = parseObject(text);
  if (whole.fault !== 'cut') return whole;
  // A window may append to another window's cut line.
  const pieces = splitAtStarts(text);
  if (pieces.length === 1)
    return { events: [], fault: looksCut(text) ? 'cut' : 'bad', session: isCutSession(text) };
  const parsed = pieces.map(parseObject);
  const known = parsed.find(({ fault }) => fault === 'newer' || fault === 'bad')?.fault;
  const fault = known ?? (looksCut(pieces[0] ?? '') ? parsed.at(-1)?.fault : 'bad');
  const session = parsed[0]?.session ?? isCutSession(pieces[0] ?? '');
  return { events: parsed.flatMap(({ events }) => events), fault, session };
}

function parseObject(text: string): Line {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { events: [], fault: 'cut' };
  }
  const event = conversationEventSchema.safeParse(value).data;
  if (event) return { events: [event], session: event.type === 'session' };
  const type = anyEvent.safeParse(value).data?.type;
  if (type === undefined) return { events: [], fault: 'bad' };
  return {
    events: [],
    fault: !eventTypes.has(type) || newerHeader.safeParse(value).success ? 'newer' : 'bad',
  };
}

function splitAtStarts(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(start, 1); at !== -1; at = text.indexOf(start, at + 1)) {
    pieces.push(text.slice(from, at));
    from = at;
  }
  const last = text.slice(from);
  // The last line may be cut within its first characters.
  for (let length = start.length - 1; length > 0; length--) {
    if (last.endsWith(`}${start.slice(0, length)}`))
      return [...pieces, last.slice(0, -length), last.slice(-length)];
  }
  return [...pieces, last];
}

/** A power cut leaves zeros in some file systems. Several cut writes leave several beginnings in one line. */
function looksCut(text: string): boolean {
  const beginnings = text.split(/(?=\{)/);
  return (
    text.startsWith(start) ||
    beginnings.every((beginning) => start.startsWith(beginning)) ||
    /^\0+$/.test(text)
  );
}

function isCutSession(text: string): boolean {
  const session = '{"type":"session"';
  return text.startsWith(session) || session.startsWith(text);
}
