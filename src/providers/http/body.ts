/** Reads a response's body: detects event stream, JSON or web page, and feeds the protocol's decoder. */

import { ChatError, type ClientErrorCode } from '../../llm/chatError.ts';
import type { AnswerDecoder, ProtocolAdapter } from '../protocolAdapter.ts';
import { decodeEvent } from '../sse/decodeEvent.ts';
import { parseBoundedJson } from '../sse/json.ts';
import { createServerEventReader } from '../sse/serverEvents.ts';
import { SliceBuffer } from '../sse/sliceBuffer.ts';
import type { AnswerMeter } from './answerMeter.ts';
import { timeoutsOf } from './dispatchers.ts';
import { htmlFailure } from './failures.ts';
import { type HttpResponse, type SendOptions, toChatError, toReadingError } from './http.ts';
import type { PartQueue } from './partQueue.ts';
import { createUtf8Decoder } from './utf8Decoder.ts';

/** Longest event of a stream, and longest JSON answer, in UTF-16 units. */
const limits = { event: 8 * 2 ** 20, whole: 16 * 2 ** 20 };
/** Backlog at which the socket pauses until the consumer catches up, in UTF-16 units. */
const maxBacklog = 2 ** 20;
/** How much of an unreadable body is quoted, in UTF-16 units. */
const headLength = 2000;

export interface BodyReader {
  feed(text: string): void;
  end(): void;
  /** `unknown`: only blanks came. `other`: neither an event nor JSON. */
  readonly form: 'unknown' | 'events' | 'json' | 'other';
  /** The beginning of the body. */
  readonly head: string;
  /** An event has begun to arrive. */
  readonly pending: boolean;
}

interface ReadBodyOptions {
  response: HttpResponse;
  options: SendOptions;
  queue: PartQueue;
  decoder: AnswerDecoder;
  reader: BodyReader;
  meter: AnswerMeter;
}

/**
 * Decodes bytes as they arrive. Resolves at the end of the body, when the answer is finished, or when nothing more of
 * it comes for the decoder's `grace`. Rejects with a `ChatError`.
 */
export function readBody(reading: ReadBodyOptions): Promise<void> {
  const { response, options, queue, decoder, reader, meter } = reading;
  const { body, sentAt } = response;
  const { reporter, providerId } = options;
  const { firstByteMs, keepAliveMs } = timeoutsOf(options.timeouts);
  const utf8 = createUtf8Decoder();
  return new Promise((resolve, reject) => {
    // Servers send a stream's headers at once: wait for the first byte of the body.
    const firstByte = setTimeout(
      () =>
        fail(
          new ChatError({
            kind: 'timeout',
            providerId,
            message: `No byte came within ${firstByteMs} ms.`,
          }),
        ),
      Math.max(0, firstByteMs - (Date.now() - sentAt)),
    );
    /** When content came last, or a paused socket resumed. */
    let contentAt = Date.now();
    const checkContent = (): void => {
      const rest = contentAt + keepAliveMs - Date.now();
      if (rest <= 0 && !body.isPaused()) {
        const message = `Nothing but signs of life came for ${keepAliveMs} ms.`;
        const code: ClientErrorCode = 'keep-alive-time';
        fail(new ChatError({ kind: 'protocol', providerId, message, code }));
      } else {
        contentTimer = setTimeout(checkContent, rest > 0 ? rest : keepAliveMs);
      }
    };
    let contentTimer = setTimeout(checkContent, keepAliveMs);
    let graceTimer: NodeJS.Timeout | undefined;
    let settled = false;
    /** When data of an unfinished event came last, or a paused socket resumed. */
    let eventDataAt = 0;
    const checkGrace = (): void => {
      const { ms, since } = decoder.grace ?? { ms: 0, since: 0 };
      const rest = body.isPaused() ? ms : Math.max(since, eventDataAt) + ms - Date.now();
      if (rest > 0) graceTimer = setTimeout(checkGrace, rest);
      else settle(resolve);
    };
    const settle = (act: () => void): void => {
      settled = true;
      clearTimeout(firstByte);
      clearTimeout(contentTimer);
      clearTimeout(graceTimer);
      body.removeListener('data', onData);
      act();
    };
    const fail = (error: unknown): void =>
      settle(() => {
        reject(error);
        body.destroy();
      });
    let begun = false;
    const onData = (chunk: Buffer): void => {
      if (!begun) clearTimeout(firstByte);
      begun = true;
      const before = meter.content;
      try {
        const text = utf8.decode(chunk);
        reporter?.data(text);
        reader.feed(text);
      } catch (error) {
        fail(toReadingError(error, providerId));
      }
      if (meter.content !== before) contentAt = Date.now();
      if (reader.pending) eventDataAt = Date.now();
      if (decoder.grace && !settled) graceTimer ??= setTimeout(checkGrace, decoder.grace.ms);
      if (queue.backlog > maxBacklog) {
        body.pause();
        queue.onDrain = () => {
          contentAt = Date.now();
          eventDataAt = contentAt;
          body.resume();
        };
      }
    };
    meter.onFailure = fail;
    queue.onFinish = () => settle(resolve);
    body.on('data', onData);
    body.on('end', () => {
      try {
        const rest = utf8.end();
        if (rest !== '') reporter?.data(rest);
        reader.feed(rest);
        reader.end();
      } catch (error) {
        fail(toReadingError(error, providerId));
      }
      settle(resolve);
    });
    body.on('error', (error) => settle(() => reject(toChatError(error, options))));
    body.on('close', () =>
      settle(() =>
        reject(
          options.signal.aborted
            ? toChatError(undefined, options)
            : new ChatError({ kind: 'network', providerId, message: 'The connection was closed.' }),
        ),
      ),
    );
  });
}

interface BodyReaderOptions {
  adapter: ProtocolAdapter;
  response: HttpResponse;
  decoder: AnswerDecoder;
  queue: PartQueue;
  meter: AnswerMeter;
}

/**
 * Detects the format by the first character, since content types are often wrong: a brace, a bracket or a quotation
 * mark begins JSON, an angle bracket a web page, anything else an event stream.
 */
export function createBodyReader({
  adapter,
  response,
  decoder,
  queue,
  meter,
}: BodyReaderOptions): BodyReader {
  const { providerId } = adapter;
  const tooLarge = (): never => {
    const message = 'The service sent more in one piece than Qiao accepts.';
    const code: ClientErrorCode = 'too-large';
    throw new ChatError({ kind: 'protocol', providerId, message, code });
  };
  let form: BodyReader['form'] = 'unknown';
  let head = '';
  let ended = false;
  const whole = new SliceBuffer();
  const events = createServerEventReader({
    maxEventLength: limits.event,
    onEvent: (event) => {
      if (form === 'other') form = 'events';
      if (queue.finish || meter.failure) return;
      decodeEvent(event, decoder, ended);
      meter.finishEvent(event.data.length, decoder.buffered);
    },
    onTooLarge: tooLarge,
  });

  return {
    get form() {
      return form;
    },
    get head() {
      return head;
    },
    get pending() {
      return events.pending;
    },
    feed(arrived) {
      let text = arrived;
      if (form === 'unknown') {
        // Ignore blanks before the body, however they are sliced.
        text = arrived.trimStart();
        meter.arrive(arrived.length - text.length);
        const [first] = text;
        if (first === undefined) return;
        if (first === '<') throw htmlFailure(providerId, response);
        form = '{["'.includes(first) ? 'json' : 'other';
      }
      if (head.length < headLength) head = (head + text).slice(0, headLength);
      // A field of the standard, or a comment: an event stream, even if its first event never ends.
      if (form === 'other' && /^\s*(data|id|event|retry)?:/.test(head)) form = 'events';
      if (form === 'json') {
        whole.add(text);
        if (whole.length > limits.whole) tooLarge();
      } else {
        events.feed(text);
        meter.arrive(text.length);
      }
    },
    end() {
      ended = true;
      if (form === 'json') {
        const body = whole.take();
        const value = parseBoundedJson(body);
        if (value !== undefined) decoder.readWhole(value);
        else events.feed(body);
      }
      events.end();
    },
  };
}
