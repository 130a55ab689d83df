/** A request with its running answer; tracks which side ended it. */

import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { RecordedRequest } from './recordedRequest.ts';

export interface Exchange {
  record: RecordedRequest;
  response: ServerResponse;
  gate: HoldGate;
  /** Aborts when the answer is over. */
  signal: AbortSignal;
  /** Waits; ends early when the answer is over. */
  delay(milliseconds: number | undefined): Promise<void>;
  /** Marks the coming end of the socket as the emulator's, not the client's. */
  markEnded(): void;
  /** Destroys the socket. */
  reset(): void;
}

export function createExchange(record: RecordedRequest, response: ServerResponse): Exchange {
  const over = new AbortController();
  let endedByEmulator = false;
  response.on('error', () => undefined);
  response.on('close', () => {
    if (!endedByEmulator && !response.writableEnded) {
      record.closedByClient = true;
      record.closedAt = Date.now();
    }
    over.abort();
  });
  const markEnded = () => {
    endedByEmulator = true;
  };
  return {
    record,
    response,
    gate: createHoldGate(over.signal),
    signal: over.signal,
    async delay(milliseconds) {
      if (milliseconds !== undefined && milliseconds > 0) {
        await wait(milliseconds, undefined, { signal: over.signal }).catch(() => undefined);
      }
    },
    markEnded,
    reset() {
      markEnded();
      response.destroy();
    },
  };
}

interface HoldGate {
  /** Resolves once `release` was called more often than there were holds before, or when the answer is over. */
  hold(onHeld: () => void): Promise<void>;
  /** Opens the next hold, also one that is not reached yet. */
  release(): void;
}

/** `signal` ends every hold. */
function createHoldGate(signal: AbortSignal): HoldGate {
  let releases = 0;
  let holds = 0;
  let open: (() => void) | undefined;
  signal.addEventListener('abort', () => open?.(), { once: true });
  return {
    async hold(onHeld) {
      holds += 1;
      if (releases < holds && !signal.aborted) {
        const opened = new Promise<void>((resolve) => {
          open = resolve;
        });
        onHeld();
        await opened;
        open = undefined;
      }
    },
    release() {
      releases += 1;
      if (releases >= holds) {
        open?.();
      }
    },
  };
}
