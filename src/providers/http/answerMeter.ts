/** Counts what comes of one answer and ends it at its limits, so that a server that never stops does not fill the memory. */

import { ChatError, type ClientErrorCode } from '../../llm/chatError.ts';
import type { StreamPart } from '../../llm/chatModel.ts';
import type { AnswerLimits } from '../connection.ts';
import type { HeldAnswer } from '../wire.ts';

export const defaultLimits: Required<AnswerLimits> = {
  characters: 4_000_000,
  toolCalls: 20_000,
  keepAliveCharacters: 12_000_000,
};

/**
 * What may stand around new content in an event, in UTF-16 units. Events of some protocols repeat the whole text so far,
 * each character of which takes up to six units (`\uXXXX`), twice where text and reasoning are repeated.
 */
const envelope = { units: 8192, perUnit: 12 };
/** What stands around an event: names of fields, an id, comments. In UTF-16 units. */
const framing = 256;
/** What an event without content counts beside its length, since reading it takes time however short it is. */
const emptyEvent = 100;
/** In so many milliseconds a whole limit of keep-alives is forgotten: what comes slowly costs nothing. */
const forgetMs = 300_000;

export interface AnswerMeter {
  /** Counts text of an event stream that has arrived and was read. */
  arrive(units: number): void;
  /** Counts an event of so many units that the decoder has read. */
  finishEvent(units: number, held: Readonly<HeldAnswer>): void;
  /** The part, or as much of its text as there is room for; `undefined` after a `finish` and once a limit is reached. */
  admit(part: StreamPart): StreamPart | undefined;
  /** The limit that was reached; nothing more is admitted. */
  readonly failure: ChatError | undefined;
  /** Content of the events that were read, in UTF-16 units. */
  readonly content: number;
  /** Runs once, when a limit is reached. */
  onFailure: ((failure: ChatError) => void) | undefined;
}

/** `clock`: milliseconds since some moment. */
export function createAnswerMeter(
  providerId: string,
  limits: AnswerLimits = {},
  clock: () => number = () => performance.now(),
): AnswerMeter {
  const {
    characters = defaultLimits.characters,
    toolCalls = defaultLimits.toolCalls,
    keepAliveCharacters = defaultLimits.keepAliveCharacters,
  } = limits;
  /** Text and reasoning that was emitted. */
  let texts = 0;
  /** Tool calls that were emitted. */
  let calls = { calls: 0, units: 0 };
  /** What arrived beside content. */
  let overhead = 0;
  let overheadAt = clock();
  let content = 0;
  let finished = false;
  let failure: ChatError | undefined;

  const fail = (code: ClientErrorCode, message: string): undefined => {
    if (failure) return;
    failure = new ChatError({ kind: 'protocol', providerId, message, code });
    meter.onFailure?.(failure);
  };
  const tooLong = (): undefined =>
    fail('answer-length', `The answer is longer than ${characters} characters.`);
  const tooManyCalls = (): undefined =>
    fail('tool-call-count', `The answer calls tools more than ${toolCalls} times.`);

  const admitText = <Part extends { text: string }>(part: Part): Part | undefined => {
    const room = characters - texts - calls.units;
    texts += part.text.length;
    if (part.text.length <= room) return part;
    tooLong();
    const text = room > 0 ? part.text.slice(0, room).replace(/[\uD800-\uDBFF]$/, '') : '';
    return text === '' ? undefined : { ...part, text };
  };

  const meter: AnswerMeter = {
    onFailure: undefined,
    get failure() {
      return failure;
    },
    get content() {
      return content;
    },
    arrive(units) {
      const now = clock();
      overhead = Math.max(0, overhead - ((now - overheadAt) / forgetMs) * keepAliveCharacters) + units;
      overheadAt = now;
      if (overhead > keepAliveCharacters) {
        const message = `More than ${keepAliveCharacters} characters came that add nothing to the answer.`;
        fail('keep-alive-length', message);
      }
    },
    finishEvent(units, held) {
      // What was held is emitted at the end, and counts once.
      const now = texts + Math.max(held.units, calls.units);
      const repeated = envelope.perUnit * now;
      if (now > content) overhead -= Math.min(framing + units, envelope.units + repeated);
      else overhead += emptyEvent - Math.min(units, repeated);
      content = now;
      if (now > characters) tooLong();
      if (held.calls > toolCalls) tooManyCalls();
    },
    admit(part) {
      if (failure || finished) return undefined;
      switch (part.type) {
        case 'text-delta':
        case 'text-replace':
        case 'reasoning-delta':
          return admitText(part);
        case 'tool-call':
          calls = {
            calls: calls.calls + 1,
            units: calls.units + part.id.length + part.name.length + part.arguments.length,
          };
          if (calls.calls > toolCalls) return tooManyCalls();
          return texts + calls.units > characters ? tooLong() : part;
        case 'finish':
          finished = true;
          return part;
      }
    },
  };
  return meter;
}
