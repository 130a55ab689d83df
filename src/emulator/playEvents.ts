/** Sends the events of an answer with the delays and faults of the step. */

import type { BodyWriter } from './bodyWriter.ts';
import type { StreamEvent } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import type { ScriptStep } from './scriptStep.ts';

export interface AnswerEvent {
  type: StreamEvent['type'];
  text: string | Buffer;
}

export interface EventPlay {
  exchange: Exchange;
  step: ScriptStep;
  body: BodyWriter;
  events: Iterable<AnswerEvent>;
  /** Called when the answer is held. */
  onHeld(): void;
}

/** Resolves when the answer is over, or stalls forever. */
export async function playEvents(play: EventPlay): Promise<void> {
  const { exchange, step, body } = play;
  const delays = typeof step.delayMs === 'object' ? step.delayMs : { betweenEvents: step.delayMs };
  const breakAfter = findBreak(step);
  let pieces = 0;
  await holdAt(play, 0);
  for (const event of play.events) {
    const bytes = Buffer.from(event.text);
    if (pieces === breakAfter.pieces) {
      await body.writePartial(bytes.subarray(0, step.partialBytes ?? 0));
      return finish(play, breakAfter.end);
    }
    await exchange.delay(exchange.record.eventsWritten === 0 ? delays.firstEvent : delays.betweenEvents);
    if (exchange.signal.aborted) {
      return;
    }
    await body.writeEvent(bytes);
    if (event.type === 'piece') {
      pieces += 1;
      await holdAt(play, pieces);
    }
  }
  return finish(play, pieces === breakAfter.pieces ? breakAfter.end : (step.end ?? 'close'));
}

async function holdAt({ exchange, step, body, onHeld }: EventPlay, pieces: number): Promise<void> {
  const { holdAfter } = step;
  if (typeof holdAfter === 'number' ? holdAfter === pieces : holdAfter?.includes(pieces)) {
    await body.flush();
    await exchange.gate.hold(onHeld);
  }
}

function findBreak(step: ScriptStep): { pieces: number; end: 'close' | 'reset' | 'stall' } {
  if (step.cutAfter !== undefined) {
    return { pieces: step.cutAfter, end: 'close' };
  }
  if (typeof step.resetAfter === 'number') {
    return { pieces: step.resetAfter, end: 'reset' };
  }
  if (typeof step.stallAfter === 'number') {
    return { pieces: step.stallAfter, end: 'stall' };
  }
  return { pieces: Number.POSITIVE_INFINITY, end: 'close' };
}

async function finish({ exchange, body }: EventPlay, end: 'close' | 'reset' | 'stall'): Promise<void> {
  if (end === 'close') {
    await body.end();
  } else {
    await body.flush();
    if (end === 'reset') {
      exchange.reset();
    }
  }
}
