/** Decodes a recorded body: its events, their lines, and the parts decoded from them. */

import { endOfString } from '../base/common/jsonLimits.ts';
import { ChatError } from '../llm/chatError.ts';
import type { StreamPart } from '../llm/chatModel.ts';
import type { ProtocolId } from './common/protocols.ts';
import { findProtocol, protocols } from './registry.ts';
import { decodeEvent } from './sse/decodeEvent.ts';
import { parseJson } from './sse/json.ts';
import { createServerEventReader } from './sse/serverEvents.ts';

export interface BodyToDecode {
  protocol: ProtocolId;
  /** `atMs`: the time at which the slice came. */
  chunks: readonly { atMs: number; text: string }[];
  /** Whether the request asked for deltas, or for the whole text in every frame (DashScope); guessed where missing. */
  incremental?: boolean;
}

export interface DecodedBody {
  /** One event for an answer that was not streamed. */
  events: DecodedEvent[];
  parts: { atMs: number; part: StreamPart }[];
  /** The first unreadable event, or the service's own error. `line` counts from 1. */
  failure?: { line: number; error: ChatError };
}

export interface DecodedEvent {
  /** The time of its last byte. */
  atMs: number;
  /** The line it begins in, counted from 1. */
  line: number;
  name?: string;
  data: string;
  /** Members that the decoder skipped; empty where it skipped the whole event. */
  skipped?: string[];
}

/** Longest event, in UTF-16 units. */
const maxEventLength = 32 * 2 ** 20;

/** Throws nothing: errors are in the result. */
export function decodeBody({ protocol, chunks, incremental }: BodyToDecode): DecodedBody {
  const text = chunks.map((chunk) => chunk.text).join('');
  const events: DecodedEvent[] = [];
  const parts: DecodedBody['parts'] = [];
  const place = { atMs: 0, line: 1 };
  /** Events after the finish are listed, but not decoded, as in a live answer. */
  const finished = (): boolean => parts.at(-1)?.part.type === 'finish';
  const decoder = findProtocol(protocol).createDecoder(
    {
      emit(part) {
        if (!finished()) parts.push({ atMs: place.atMs, part });
      },
      skip(member) {
        const event = events.at(-1);
        if (!event) return;
        event.skipped ??= [];
        if (member !== undefined && !event.skipped.includes(member)) event.skipped.push(member);
      },
    },
    { incremental: incremental ?? sendsPieces(text) },
  );
  try {
    if (/^\s*</.test(text)) throw unreadable(protocol, 'A web page stands here instead of an answer.');
    const whole = parseJson(text);
    if (whole !== undefined) {
      place.atMs = chunks.at(-1)?.atMs ?? 0;
      place.line = 1 + lineEnds(/^\s*/.exec(text)?.[0] ?? '');
      events.push({ ...place, data: text.trim() });
      decoder.readWhole(whole);
    } else {
      let begun: number | undefined;
      let ended = false;
      const reader = createServerEventReader({
        maxEventLength,
        onEvent(event) {
          place.line = begun ?? place.line;
          begun = undefined;
          events.push({
            ...place,
            data: event.data,
            ...(event.name === undefined ? {} : { name: event.name }),
          });
          if (!finished()) decodeEvent(event, decoder, ended);
        },
        onTooLarge() {
          throw unreadable(protocol, 'This event is too long.');
        },
      });
      let line = 0;
      for (const { text: lineText, atMs } of linesOf(chunks)) {
        line++;
        place.atMs = atMs;
        if (lineText.trim() !== '') begun ??= line;
        reader.feed(lineText);
        // A line that is a JSON value of its own is an event, even without a blank line after it.
        if (/^\{.*\}\s*$/.test(lineText)) reader.feed('\n');
        if (lineText.trim() === '') begun = undefined;
      }
      ended = true;
      reader.end();
      if (events.length === 0 && text.trim() !== '')
        throw unreadable(protocol, 'Neither an event stream nor JSON begins here.');
    }
    decoder.flush('ended');
    return { events, parts };
  } catch (error) {
    if (!finished()) decoder.flush('broken');
    return { events, parts, failure: { line: place.line, error: toChatError(error, protocol) } };
  }
}

/** Guesses the protocol by members that only it writes; `undefined` where none of them occurs. */
export function guessProtocol(text: string): ProtocolId | undefined {
  const [best] = protocols
    .map(({ id, recognize }) => ({ id, sure: recognize(text) }))
    .sort((one, other) => other.sure - one.sure);
  return best && best.sure > 0 ? best.id : undefined;
}

/** Whether DashScope's frames hold deltas: then a frame does not begin with the one before it. */
function sendsPieces(text: string): boolean {
  let before: string | undefined;
  for (const { 0: member, index } of text.matchAll(/"(?:text|content)"\s*:\s*"/g)) {
    const start = index + member.length - 1;
    // No pattern for the string: it would take stack for each character.
    const frame = parseJson(text.slice(start, endOfString(text, start) + 1));
    if (typeof frame !== 'string' || frame === '') continue;
    if (before !== undefined && !frame.startsWith(before)) return true;
    before = frame;
  }
  return false;
}

/** Lines with their line ends; each has the time of the slice its end came in. Reads every slice once. */
function* linesOf(chunks: BodyToDecode['chunks']): Generator<{ text: string; atMs: number }> {
  let open = '';
  let atMs = 0;
  /** The open line ends with a carriage return: a line end, unless a line feed follows. */
  let returned = false;
  for (const chunk of chunks) {
    if (chunk.text === '') continue;
    atMs = chunk.atMs;
    if (returned && !chunk.text.startsWith('\n')) {
      yield { text: open, atMs };
      open = '';
    }
    let start = 0;
    for (const { index, 0: lineEnd } of chunk.text.matchAll(/\r\n|\n|\r(?!$)/g)) {
      const end = index + lineEnd.length;
      yield { text: open + chunk.text.slice(start, end), atMs };
      open = '';
      start = end;
    }
    open += chunk.text.slice(start);
    returned = start < chunk.text.length && chunk.text.endsWith('\r');
  }
  if (open !== '') yield { text: open, atMs };
}

function lineEnds(text: string): number {
  return text.split('\n').length - 1;
}

function unreadable(providerId: string, message: string): ChatError {
  return new ChatError({ kind: 'protocol', providerId, message });
}

function toChatError(error: unknown, providerId: string): ChatError {
  if (error instanceof ChatError) return error;
  return unreadable(providerId, error instanceof Error ? error.message : String(error));
}
