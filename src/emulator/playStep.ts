/** Answers one request as a script step says. */

import { randomUUID } from 'node:crypto';
import { createAnswer } from './answer.ts';
import { createBodyWriter } from './bodyWriter.ts';
import type { AcceptedRequest, Endpoint, StreamEvent } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { type AnswerEvent, playEvents } from './playEvents.ts';
import type { ScriptError, ScriptStep } from './scriptStep.ts';

export interface Play {
  exchange: Exchange;
  step: ScriptStep;
  endpoint: Endpoint;
  /** Missing when the request broke a rule and the step is `unchecked`; such a step must bring its own bytes. */
  accepted?: AcceptedRequest;
  /** The body of an answer without a model. */
  reply?: string;
  /** Called when the answer is held. */
  onHeld(): void;
}

/** Resolves when the answer is over, or stalls forever. */
export async function playStep(play: Play): Promise<void> {
  const { exchange, step } = play;
  await exchange.delay(typeof step.delayMs === 'object' ? step.delayMs.headers : undefined);
  if (step.resetAfter === 'request') {
    exchange.reset();
  } else if (step.stallAfter !== 'request' && !exchange.response.destroyed) {
    const { status, headers, events } = planResponse(play);
    const body = createBodyWriter(exchange.response, exchange.record, step);
    exchange.response.writeHead(status, {
      ...headers,
      ...(step.contentEncoding === undefined ? {} : { 'content-encoding': step.contentEncoding }),
      ...step.headers,
    });
    exchange.response.flushHeaders();
    await playEvents({ exchange, step, body, events, onHeld: play.onHeld });
  }
}

interface PlannedResponse {
  status: number;
  headers: Record<string, string>;
  events: Iterable<AnswerEvent>;
}

function planResponse({ step, endpoint, accepted, reply }: Play): PlannedResponse {
  const requestId = step.requestId ?? endpoint.createRequestId?.() ?? randomUUID();
  const fixed = planFixedResponse(step);
  if (fixed !== undefined) {
    return fixed;
  }
  const { error } = step;
  if (error !== undefined && (error.afterPieces === undefined || accepted?.stream !== true)) {
    return planError(error, requestId, endpoint);
  }
  if (reply !== undefined) {
    return { status: 200, headers: jsonHeaders, events: [{ type: 'piece', text: reply }] };
  }
  if (accepted === undefined) {
    return planError(unplayable, requestId, endpoint);
  }
  const headers = { 'x-request-id': requestId, ...accepted.headers };
  const answer = createAnswer(step, accepted, requestId);
  if (!accepted.stream) {
    const text = accepted.encoder.encodeWhole(answer);
    return { status: 200, headers: { ...jsonHeaders, ...headers }, events: [{ type: 'piece', text }] };
  }
  const events = varyEvents(accepted.encoder.streamEvents(answer), step);
  return {
    status: 200,
    headers: { ...headers, ...endpoint.streamHeaders, ...error?.headers },
    events: error === undefined ? events : breakOff(events, error, requestId, endpoint),
  };
}

function planFixedResponse(step: ScriptStep): PlannedResponse | undefined {
  if (step.redirect !== undefined) {
    const { location, status = 307 } =
      typeof step.redirect === 'string' ? { location: step.redirect } : step.redirect;
    return { status, headers: { location }, events: [] };
  }
  if (step.html !== undefined) {
    return {
      status: step.html,
      headers: htmlHeaders,
      events: [{ type: 'piece', text: htmlPage(step.html) }],
    };
  }
  if (step.empty === true) {
    return { status: 200, headers: {}, events: [] };
  }
  if (step.response !== undefined) {
    const { status = 200, headers = {}, body = '', bodyBase64 } = step.response;
    const whole = bodyBase64 === undefined ? body : Buffer.from(bodyBase64, 'base64');
    const blocks = step.split === 'event' ? splitBlocks(whole.toString()) : [whole];
    return { status, headers, events: blocks.map((text) => ({ type: 'piece', text })) };
  }
  return undefined;
}

function planError(error: ScriptError, requestId: string, endpoint: Endpoint): PlannedResponse {
  const asEvent = error.framing !== undefined && error.framing !== 'json';
  const inStream = asEvent && error.framing !== 'sse';
  return {
    status: inStream ? 200 : error.status,
    headers: {
      'x-request-id': requestId,
      ...(inStream ? endpoint.streamHeaders : jsonHeaders),
      ...(error.contentType === undefined ? {} : { 'content-type': error.contentType }),
      ...error.headers,
    },
    events: [
      {
        type: 'piece',
        text: asEvent
          ? encodeErrorEvent({ error, requestId, endpoint, number: 1 })
          : endpoint.encodeError(error, requestId),
      },
    ],
  };
}

/** Yields the first pieces, then the error. */
function* breakOff(
  events: Iterable<AnswerEvent>,
  error: ScriptError,
  requestId: string,
  endpoint: Endpoint,
): Iterable<AnswerEvent> {
  let pieces = 0;
  let number = 1;
  for (const event of events) {
    if (pieces === error.afterPieces || !['start', 'piece'].includes(event.type)) {
      yield { type: 'finish', text: encodeErrorEvent({ error, requestId, endpoint, number }) };
      return;
    }
    yield event;
    number += 1;
    pieces += event.type === 'piece' ? 1 : 0;
  }
}

interface ErrorEvent {
  error: ScriptError;
  requestId: string;
  endpoint: Endpoint;
  number: number;
}

function encodeErrorEvent({ error, requestId, endpoint, number }: ErrorEvent): string {
  const event =
    error.framing === 'line'
      ? `${endpoint.encodeError(error, requestId)}\n`
      : endpoint.encodeErrorEvent(error, requestId, number);
  return error.thenDone === true ? event + (endpoint.endMark ?? '') : event;
}

function* varyEvents(
  events: Iterable<StreamEvent>,
  { omit, blankLines }: Pick<ScriptStep, 'omit' | 'blankLines'>,
): Iterable<StreamEvent> {
  for (const event of events) {
    if (!omit?.some((type) => type === event.type)) {
      yield blankLines === false ? { ...event, text: event.text.replace(/\n\n$/, '\n') } : event;
    }
  }
}

/** Blocks with the blank line that ends them; any of the three line ends. */
function splitBlocks(text: string): string[] {
  return text.split(/(?<=\r\n\r\n|(?<!\r)\n\n|\r\r)/);
}

const jsonHeaders = { 'content-type': 'application/json' };
const htmlHeaders = { 'content-type': 'text/html; charset=utf-8' };

const htmlPage = (status: number): string =>
  `<!DOCTYPE html>\n<html><head><title>${status}</title></head><body><h1>${status}</h1><p>This is a web page.</p></body></html>\n`;

const unplayable = {
  status: 500,
  code: 'InternalError',
  message: 'Emulator: this step needs a request that keeps the rules.',
};
