/** Reads Server-Sent Events, including the platforms' deviations from the standard. */

import { createParser } from 'eventsource-parser';
import { createObjectScan } from './objectScan.ts';
import { SliceBuffer } from './sliceBuffer.ts';

export interface ServerEvent {
  /** The `event:` field; most platforms leave it out. */
  name: string | undefined;
  data: string;
  /** From the comment `:HTTP_STATUS/429` before the event: the real status within a stream of status 200 (DashScope). */
  status: number | undefined;
}

export interface ServerEventReader {
  /** Adds text, in slices of any length. */
  feed(text: string): void;
  /** An event has begun, but not ended. */
  readonly pending: boolean;
  /** Ends the stream: delivers a last event without its blank line. */
  end(): void;
}

export interface ServerEventOptions {
  onEvent(event: ServerEvent): void;
  /** One event exceeded `maxEventLength`; nothing more is read. */
  onTooLarge(): void;
  /** In UTF-16 units. */
  maxEventLength: number;
}

const statusComment = 'HTTP_STATUS/';
/** Lines of data in one event: each takes 64 bytes in addition to its text. */
const maxDataLines = 100_000;
/** Slices of a line passed to the parser, in UTF-16 units: it keeps an object for each. */
const longestSlice = 65_536;

/**
 * Beyond the standard, bare JSON without `data:` counts as data (errors of Qianfan v1 and gateways), and a last event
 * is delivered without its blank line or line end.
 */
export function createServerEventReader(options: ServerEventOptions): ServerEventReader {
  let status: number | undefined;
  let tooLarge = false;
  let delivered = 0;
  let delivering = false;
  let dataLines = 0;
  // No `onError`: the parser would create an error with a stack for each line with an unknown field.
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

  const markBareJson = createBareJsonMarker();
  const unfinished = new SliceBuffer();
  let atLineStart = true;
  const feed = (slice: string): void => {
    // Joins only the rest of an open line: joining copies, and slices may be long.
    const end = unfinished.length > 0 ? slice.indexOf('\n') + 1 : 0;
    read(slice.slice(0, end));
    read(slice.slice(end));
  };
  const read = (slice: string): void => {
    if (tooLarge || slice === '') return;
    let text = slice;
    if (unfinished.length > 0 || !endsLine(slice)) {
      unfinished.add(slice);
      if (!/[\r\n]/.test(slice) && unfinished.length < longestSlice) return;
      const all = unfinished.take();
      const lines = endOfLastLine(all);
      // An unfinished line waits: its type is not known yet.
      const rest = all.length - lines < longestSlice ? all.slice(lines) : '';
      if (rest !== '') unfinished.add(rest);
      text = all.slice(0, all.length - rest.length);
    }
    const marked = markBareJson(text, atLineStart);
    const startsLine = atLineStart;
    atLineStart = endsLine(text);
    const before = delivered;
    try {
      parser.feed(marked);
    } catch (error) {
      // The parser itself throws only for an event beyond its size.
      if (delivering) throw error;
      refuse();
      return;
    }
    dataLines = delivered === before ? dataLines + countDataLines(marked, startsLine) : 0;
    if (dataLines > maxDataLines) refuse();
  };
  return {
    feed,
    get pending() {
      return unfinished.length > 0 || dataLines > 0;
    },
    end: () => feed('\n\n'),
  };
}

function countDataLines(text: string, atLineStart: boolean): number {
  let count = atLineStart && isData(text, 0) ? 1 : 0;
  for (const start of ['\nd', '\rd']) {
    for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, at + 1))
      if (isData(text, at + 1)) count++;
  }
  return count;
}

/** Whether a field `data` begins at `at`. */
function isData(text: string, at: number): boolean {
  return text.startsWith('data', at) && /[:\r\n]/.test(text[at + 4] ?? '\n');
}

/**
 * Writes `data:` before messages, in place of `error:`, and before lines of bare JSON, pretty-printed or not: from a
 * line that begins with a brace or a bracket, which no field does, or behind data with incomplete JSON, to a blank
 * line or a field. Takes whole lines, and parts of long ones.
 */
function createBareJsonMarker(): (text: string, atLineStart: boolean) => string {
  /** A field has come: this is an event stream. */
  let begun = false;
  /** Within bare JSON. */
  let bare = false;
  /** The JSON of the last line, if that was data. */
  let open = '';
  let returned = false;

  const isJson = (content: string): boolean => {
    if (bare || bareStart.test(content)) return true;
    if (open === '') return false;
    const scan = createObjectScan();
    scan.push(open);
    return !scan.complete;
  };

  /** The prefix for the line. */
  const markOf = (content: string): string => {
    const named = field.test(content);
    bare = content !== '' && !named && isJson(content);
    begun ||= named;
    return bare || (begun && words.test(content)) ? 'data:' : '';
  };

  return (text, atLineStart) => {
    // The line feed of a line end that was cut in two.
    const cut = returned && text.startsWith('\n') ? 1 : 0;
    returned = text.endsWith('\r');
    if (!bare && atLineStart && hasOnlyFields(text)) {
      open = text.endsWith('\n\n') ? '' : (openData.exec(lastLine(text))?.[1] ?? '');
      begun = true;
      return text;
    }
    // Allocates nothing for each line: there may be millions.
    let marked = '';
    let copied = 0;
    const readLine = (start: number, end: number): void => {
      if (start === cut && !atLineStart) return;
      const content = text.slice(start, end);
      const mark = markOf(content);
      const isError = content.startsWith(errorField);
      open = content.startsWith('data:') ? (openData.exec(content)?.[1] ?? '') : '';
      if (mark === '' && !isError) return;
      marked += text.slice(copied, start) + (isError ? 'data:' : mark);
      copied = start + (isError ? errorField.length : 0);
    };
    let start = cut;
    for (lineEnd.lastIndex = cut; lineEnd.test(text); start = lineEnd.lastIndex) {
      const end = lineEnd.lastIndex;
      readLine(start, end - (text.startsWith('\r\n', end - 2) ? 2 : 1));
    }
    if (start < text.length) readLine(start, text.length);
    return marked + text.slice(copied);
  };
}

const bareStart = /^[ \t]*[{[]/;
const openData = /^data:[ \t]*([{[].*)$/;
const field = /^(data|event|id|retry|error)?:/;
/** llama.cpp sends errors in a field of this name. */
const errorField = 'error:';

const lineEnd = /\r\n|[\r\n]/g;

/** Messages of proxies and servers without a field: `Internal Server Error`. */
const words = /^(\p{L}[^:]* |\p{Script=Han})/u;

/** A line that is neither a field nor blank. */
const oddLine = /(?:^|[\r\n])(?!data:|event:|id:|retry:|:|[\r\n]|$)/;
/** Skips to the next line of data, over short lines of other fields and blank ones. */
const toData = /(?:(?:event|id|retry)?:[^\n]{0,100}\n|\n)*(?:data:|$)/y;

/** Whether all lines are fields of the standard, or blank. Reads only their beginnings: lines may be long. */
function hasOnlyFields(text: string): boolean {
  if (text.includes('\r')) return !oddLine.test(text);
  for (let start = 0; start < text.length; ) {
    toData.lastIndex = start;
    if (!toData.test(text)) return false;
    const end = text.indexOf('\n', toData.lastIndex);
    if (end === -1) return true;
    start = end + 1;
  }
  return true;
}

function lastLine(text: string): string {
  const end = text.slice(0, text.length - (text.endsWith('\r\n') ? 2 : endsLine(text) ? 1 : 0));
  return end.slice(endOfLastLine(end));
}

function endsLine(text: string): boolean {
  return text.endsWith('\n') || text.endsWith('\r');
}

/** The position behind the last line end; 0 without one. Reads only the end of the text. */
function endOfLastLine(text: string): number {
  const feed = text.lastIndexOf('\n') + 1;
  return feed + text.slice(feed).lastIndexOf('\r') + 1;
}
