/** A long answer that the emulator streams at a steady pace, and the record of when each piece of it left. */

import type { Emulator, RecordedRequest } from '../../../src/emulator/index.ts';

export interface PacedAnswer {
  /** Reasoning first. */
  readonly pieces: readonly string[];
  /** When the piece of the same index was handed to the socket, in milliseconds since the epoch; as far as it has come. */
  readonly sentAt: readonly number[];
  /** Resolves when the request has arrived. */
  readonly arrived: Promise<void>;
}

/** The next request gets this answer: `thoughts` pieces of reasoning, then text that outlasts every test. */
export function scriptPacedAnswer(
  emulator: Emulator,
  { name, thoughts }: { name: string; thoughts: number },
): PacedAnswer {
  const reasoning = numbered(`${name}想`, thoughts);
  const text = numbered(name, 400);
  const sentAt: number[] = [];
  let arrive = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  emulator.script((request) => {
    watchEvents(request, () => sentAt.push(Date.now()));
    arrive();
    return { reasoning, pieces: text, delayMs: 8 };
  });
  return { pieces: [...reasoning, ...text], sentAt, arrived };
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}·${index}，`);
}

/** The emulator counts the events it hands to the socket in a member of its record. */
function watchEvents(request: RecordedRequest, onEvent: () => void): void {
  let events = request.eventsWritten;
  Object.defineProperty(request, 'eventsWritten', {
    get: () => events,
    set(value: number) {
      events = value;
      onEvent();
    },
  });
}
