/** Feeds the JSON values of one event to a decoder, also where services omit the blank line between events. */

import { endOfString, exceedsLimits } from '../../base/common/jsonLimits.ts';
import type { AnswerDecoder } from '../protocolAdapter.ts';
import { JsonLimitError, jsonLimits, parseBoundedJson } from './json.ts';
import { createObjectScan } from './objectScan.ts';
import type { ServerEvent } from './serverEvents.ts';

/** Lines in one event: an answer sent as one event has a line for each token. */
const maxLines = 100_000;

interface Value {
  data: string;
  value: unknown;
}

/**
 * Decodes one event. Without blank lines between events, its lines hold several JSON values, each on one line or
 * pretty-printed. `ended`: the stream ended within the event. Throws a `JsonLimitError`, or what the decoder throws.
 */
export function decodeEvent(event: ServerEvent, decoder: AnswerDecoder, ended: boolean): void {
  // An error without a message is an error, too.
  if (event.data === '' && event.name !== 'error') return;
  const read = ({ data, value }: Value): void => {
    // The connection ended within this event: an interruption, not invalid data.
    if (ended && value === undefined && data.trimStart().startsWith('{')) return;
    decoder.readEvent({ name: event.name, status: event.status, data, value });
  };
  if (event.data.includes('\n')) valuesOf(event.data).forEach(read);
  else read(parseLine(event.data));
}

/** The values in a text of several lines. */
function valuesOf(text: string): Value[] {
  // The limits apply to a single value.
  const whole = exceedsLimits(text, jsonLimits) ? { data: text, value: undefined } : parseLine(text);
  if (whole.value !== undefined) return [whole];
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
  // A message on several lines is one text.
  return values.every(({ value, data }) => value === undefined && data !== '[DONE]') ? [whole] : values;
}

/** Some proxies prepend `data:` to lines that have it already. */
function parseLine(line: string): Value {
  const parsed = parseBoundedJson(line);
  const value = parsed === undefined ? repairJson(line) : parsed;
  const inner = value === undefined ? /^\s*data:([\s\S]*)$/.exec(line)?.[1] : undefined;
  return inner === undefined ? { data: line, value } : { data: inner.trim(), value: parseBoundedJson(inner) };
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Parses JSON after repairing frequent mistakes: raw line ends and tabs in strings, and Python's numbers. `undefined`
 * where nothing was repaired, or it is no JSON nevertheless. Linear in the text.
 */
function repairJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text) || !/[\n\r\t]|NaN|Infinity/.test(text)) return undefined;
  const parts: string[] = [];
  let place = 0;
  for (let quote = text.indexOf('"'); quote !== -1; quote = text.indexOf('"', place)) {
    const end = Math.min(text.length, endOfString(text, quote) + 1);
    parts.push(repairNumbers(text.slice(place, quote)));
    parts.push(text.slice(quote, end).replace(/[\n\r\t]/g, (sign) => escapes[sign] ?? sign));
    place = end;
  }
  parts.push(repairNumbers(text.slice(place)));
  const repaired = parts.join('');
  return repaired === text ? undefined : parseBoundedJson(repaired);
}

function repairNumbers(text: string): string {
  return text.replace(/-?\b(?:NaN|Infinity)\b/g, 'null');
}
