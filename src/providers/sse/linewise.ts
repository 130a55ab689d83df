/** Reads the JSON of events, also of events that some services send without the blank line between. */

import { endOfString, exceedsLimits } from '../../base/common/jsonLimits.ts';
import type { AnswerDecoder } from '../wire.ts';
import { JsonLimitError, jsonLimits, parseBoundedJson } from './json.ts';
import { createObjectScan } from './objectScan.ts';
import type { ServerEvent } from './serverEvents.ts';

/** Lines in one event: an answer that comes as one event has a line for each of its tokens. */
const maxLines = 100_000;

interface Value {
  data: string;
  value: unknown;
}

/**
 * Some services leave out the blank line between events: then there are several JSON values in the lines of one, each on a
 * line of its own, or pretty-printed. Throws a `JsonLimitError`, or what the decoder throws.
 */
export function readLinewise(event: ServerEvent, decoder: AnswerDecoder, ended: boolean): void {
  // An error without words is one all the same.
  if (event.data === '' && event.name !== 'error') return;
  for (const { data, value } of valuesOf(event.data)) {
    // The connection ended inside this event: that is an interruption, not bad bytes.
    if (ended && value === undefined && data.trimStart().startsWith('{')) continue;
    decoder.readEvent({ name: event.name, status: event.status, data, value });
  }
}

function valuesOf(text: string): Value[] {
  const several = text.includes('\n');
  // The limits are those of one value.
  const whole =
    several && exceedsLimits(text, jsonLimits) ? { data: text, value: undefined } : parseLine(text);
  if (whole.value !== undefined || !several) return [whole];
  const lines = text.split('\n');
  if (lines.length > maxLines) throw new JsonLimitError();
  const values: Value[] = [];
  let begun: string[] = [];
  let scan = createObjectScan();
  const takeBegun = (): void => {
    const joined = scan.complete ? parseLine(begun.join('\n')) : undefined;
    if (joined?.value !== undefined) values.push(joined);
    else values.push(...begun.map(parseLine));
    begun = [];
  };
  for (const line of lines) {
    if (line === '') continue;
    if (begun.length === 0) {
      const read = parseLine(line);
      if (read.value !== undefined || !/^\s*[{[]/.test(line)) {
        values.push(read);
        continue;
      }
      scan = createObjectScan();
    }
    begun.push(line);
    scan.push(line);
    if (scan.complete) takeBegun();
  }
  takeBegun();
  // Words in several lines are one text.
  return values.every(({ value, data }) => value === undefined && data !== '[DONE]') ? [whole] : values;
}

/** Some proxies write `data:` before lines that have it already. */
function parseLine(line: string): Value {
  const parsed = parseBoundedJson(line);
  const value = parsed === undefined ? mendJson(line) : parsed;
  const inner = value === undefined ? /^\s*data:([\s\S]*)$/.exec(line)?.[1] : undefined;
  return inner === undefined ? { data: line, value } : { data: inner.trim(), value: parseBoundedJson(inner) };
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The value; `undefined` where there is nothing to mend, or it is no JSON all the same. Linear in the text. */
function mendJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text) || !/[\n\r\t]|NaN|Infinity/.test(text)) return undefined;
  const parts: string[] = [];
  let place = 0;
  for (let quote = text.indexOf('"'); quote !== -1; quote = text.indexOf('"', place)) {
    const end = Math.min(text.length, endOfString(text, quote) + 1);
    parts.push(mendNumbers(text.slice(place, quote)));
    parts.push(text.slice(quote, end).replace(/[\n\r\t]/g, (sign) => escapes[sign] ?? sign));
    place = end;
  }
  parts.push(mendNumbers(text.slice(place)));
  const mended = parts.join('');
  return mended === text ? undefined : parseBoundedJson(mended);
}

function mendNumbers(text: string): string {
  return text.replace(/-?\b(?:NaN|Infinity)\b/g, 'null');
}
