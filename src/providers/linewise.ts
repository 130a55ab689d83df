/** Events that some services send without the blank line between. */

import { parseJson } from './json.ts';
import type { ServerEvent } from './serverEvents.ts';
import type { AnswerDecoder } from './wire.ts';

/** Some services leave out the blank line between events: then every line is a whole JSON value of its own. */
export function readLinewise(event: ServerEvent, decoder: AnswerDecoder, ended: boolean): void {
  const lines =
    event.data.includes('\n') && parseJson(event.data) === undefined ? event.data.split('\n') : [event.data];
  for (const line of lines) {
    // The connection ended inside this event: that is an interruption, not bad bytes.
    if (ended && line.trimStart().startsWith('{') && parseJson(line) === undefined) return;
    decoder.readEvent({ ...event, data: line });
  }
}
