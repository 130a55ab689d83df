/** Reads Server-Sent Events the way the platforms send them, which is not always the way the standard says. */

import { createParser } from 'eventsource-parser';
import { SliceBuffer } from './sliceBuffer.ts';

export interface ServerEvent {
  /** The `event:` field; most platforms leave it out. */
  name: string | undefined;
  data: string;
  /** From the comment `:HTTP_STATUS/429` before the event: the real status inside a 200 stream (DashScope). */
  status: number | undefined;
}

export interface ServerEventReader {
  /** Text in any slicing. */
  feed(text: string): void;
  /** Delivers a last event that lacks its blank line. */
  end(): void;
}

export interface ServerEventOptions {
  onEvent(event: ServerEvent): void;
  /** One event grew beyond `maxEventLength`; nothing more will be read. */
  onTooLarge(): void;
  /** In UTF-16 units. */
  maxEventLength: number;
}

const statusComment = 'HTTP_STATUS/';
/** Lines of data in one event. Until its end each takes 64 bytes beside its text. */
const maxDataLines = 100_000;
/** The parser keeps an object for each slice of a line: it gets a line in slices of this length, in UTF-16 units. */
const longestSlice = 65_536;

/**
 * Beyond the standard: a line that is bare JSON, without `data:`, counts as data (Qianfan v1 sends errors so), and a
 * last event is delivered though neither blank line nor line end follows.
 */
export function createServerEventReader(options: ServerEventOptions): ServerEventReader {
  let status: number | undefined;
  let tooLarge = false;
  let delivered = 0;
  let delivering = false;
  let dataLines = 0;
  // Without `onError`: for that the parser would make an error, with its stack, of each line of an unknown field.
  const parser = createParser({
    maxBufferSize: options.maxEventLength,
    onComment(comment) {
      const text = comment.trimStart();
      if (!text.startsWith(statusComment)) return;
      const value = Number(text.slice(statusComment.length, statusComment.length + 3));
      if (value >= 100) status = value;
    },
    onEvent(event) {
      const current = status;
      status = undefined;
      delivered++;
      delivering = true;
      options.onEvent({ name: event.event, data: event.data, status: current });
      delivering = false;
    },
  });
  const refuse = (): void => {
    tooLarge = true;
    options.onTooLarge();
  };

  const unfinished = new SliceBuffer();
  let atLineStart = true;
  const feed = (slice: string): void => {
    if (tooLarge || slice === '') return;
    unfinished.add(slice);
    if (!/[\r\n]/.test(slice) && unfinished.length < longestSlice) return;
    const text = unfinished.take();
    const marked = markBareJson(text, atLineStart);
    const startsLine = atLineStart;
    atLineStart = /[\r\n]$/.test(text);
    const before = delivered;
    try {
      parser.feed(marked);
    } catch (error) {
      // The parser itself throws for one reason only: the event before grew beyond its size.
      if (delivering) throw error;
      refuse();
      return;
    }
    dataLines = delivered === before ? dataLines + countDataLines(marked, startsLine) : 0;
    if (dataLines > maxDataLines) refuse();
  };
  return { feed, end: () => feed('\n\n') };
}

function countDataLines(text: string, atLineStart: boolean): number {
  let count = atLineStart && text.startsWith('d') ? 1 : 0;
  for (const start of ['\nd', '\rd']) {
    for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, at + 1)) count++;
  }
  return count;
}

/** No field of the standard starts with a brace, and JSON on the wire holds no raw line ends. */
function markBareJson(text: string, atLineStart: boolean): string {
  const marked =
    text.includes('\n{') || text.includes('\r{') ? text.replace(/([\r\n])\{/g, '$1data:{') : text;
  return atLineStart && text.startsWith('{') ? `data:${marked}` : marked;
}
