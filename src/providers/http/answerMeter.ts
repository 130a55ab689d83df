/** Limits one answer's length, tool calls and keep-alives, so that an endless answer cannot exhaust memory. */

import { ChatError, type ClientErrorCode } from '../../llm/chatError.ts';
import type { StreamPart } from '../../llm/chatModel.ts';
import type { AnswerLimits } from '../connection.ts';
import type { BufferedAnswer } from '../protocolAdapter.ts';

export const defaultLimits: Required<AnswerLimits> = {
  characters: 4_000_000,
  toolCalls: 20_000,
  keepAliveCharacters: 12_000_000,
};

/**
 * Structure allowed around new content in an event, in UTF-16 units. Some protocols repeat the whole text so far in
 * each event: each character takes up to six units (`\uXXXX`), twice where text and reasoning are both repeated.
 */
const envelope = { units: 8192, perUnit: 12 };
/** Structure around an event: field names, an id, comments. In UTF-16 units. */
const framing = 256;
/** Charge for an event without content, in addition to its length: reading it takes time however short it is. */
const emptyEvent = 100;
/** Arrived text that is counted at once, in UTF-16 units. */
const countedTogether = 4096;
/** The keep-alive limit is renewed evenly over this time, so that slow keep-alives cost nothing. */
const forgetMs = 300_000;

export interface AnswerMeter {
  /** Counts text that has arrived and was read. */
  arrive(units: number): void;
  /** Counts an event of this length after the decoder has read it. */
  finishEvent(units: number, buffered: Readonly<BufferedAnswer>): void;
  /** The part, cut to the remaining room; `undefined` after a `finish` or once a limit is reached. */
  admit(part: StreamPart): StreamPart | undefined;
  /** The error of the limit that was reached; nothing more is admitted then. */
  readonly failure: ChatError | undefined;
  /** Content of all events read, in UTF-16 units. */
  readonly content: number;
  /** Called once, when a limit is reached. */
  onFailure: ((failure: ChatError) => void) | undefined;
}

/** `clock`: returns milliseconds since a fixed moment. */
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
  /** Emitted text and reasoning, in UTF-16 units. */
  let texts = 0;
  /** Emitted tool calls. */
  let calls = { calls: 0, units: 0 };
  /** Data that arrived beside content, in UTF-16 units. */
  let overhead = 0;
  let overheadAt = clock();
  /** What has arrived since the overhead was last counted; a look at the clock for each packet would cost more. */
  let arrived = 0;
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
      arrived += units;
      if (arrived < countedTogether && overhead + arrived <= keepAliveCharacters) return;
      const now = clock();
      overhead = Math.max(0, overhead - ((now - overheadAt) / forgetMs) * keepAliveCharacters) + arrived;
      overheadAt = now;
      arrived = 0;
      if (overhead > keepAliveCharacters) {
        const message = `More than ${keepAliveCharacters} characters came that add nothing to the answer.`;
        fail('keep-alive-length', message);
      }
    },
    finishEvent(units, buffered) {
      // Buffered calls are emitted at the end: count them once.
      const now = texts + Math.max(buffered.units, calls.units);
      const repeated = envelope.perUnit * now;
      if (now > content) overhead -= Math.min(framing + units, envelope.units + repeated);
      else overhead += emptyEvent - Math.min(units, repeated);
      content = now;
      if (now > characters) tooLong();
      if (buffered.calls > toolCalls) tooManyCalls();
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
