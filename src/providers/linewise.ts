/** Reads the JSON of events, also of events that some services send without the blank line between. */

import { JsonLimitError, parseBoundedJson } from './json.ts';
import type { ServerEvent } from './serverEvents.ts';
import type { AnswerDecoder } from './wire.ts';

/** Lines in one event: an answer that comes as one event has a line for each of its tokens. */
const maxLines = 100_000;

/**
 * Some services leave out the blank line between events: then every line is a whole JSON value of its own. Throws a
 * `JsonLimitError`, or what the decoder throws.
 */
export function readLinewise(event: ServerEvent, decoder: AnswerDecoder, ended: boolean): void {
  // An error without words is one all the same.
  if (event.data === '' && event.name !== 'error') return;
  const value = parseBoundedJson(event.data);
  if (value !== undefined || !event.data.includes('\n')) {
    readLine(event, value, decoder, ended);
    return;
  }
  const lines = event.data.split('\n');
  if (lines.length > maxLines) throw new JsonLimitError();
  for (const line of lines) {
    if (line !== '') readLine({ ...event, data: line }, parseBoundedJson(line), decoder, ended);
  }
}

function readLine(event: ServerEvent, value: unknown, decoder: AnswerDecoder, ended: boolean): void {
  // The connection ended inside this event: that is an interruption, not bad bytes.
  if (ended && value === undefined && event.data.trimStart().startsWith('{')) return;
  const { name, data, status } = event;
  decoder.readEvent({ name, data, status, value });
}
