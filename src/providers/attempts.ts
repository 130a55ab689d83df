/** Sends a request again where that can help: after a fault that passes, and only while nothing of the answer came. */

import { setTimeout as wait } from 'node:timers/promises';
import type { ChatError } from '../core/chatError.ts';
import type { RetryOptions } from './connection.ts';

export interface AttemptOptions {
  retry: RetryOptions | undefined;
  signal: AbortSignal;
  /** Whether a part of the answer has already gone to the reader. */
  hasStarted(): boolean;
  /** See `Wire.recover`. */
  recover(failure: ChatError): boolean;
  toChatError(error: unknown): ChatError;
}

/** Longest wait that is waited without asking; a platform that asks for more gets no second request. */
const longestWaitMs = 60_000;

/** Throws the last attempt's `ChatError`. */
export async function withAttempts(run: () => Promise<void>, options: AttemptOptions): Promise<void> {
  const { maxAttempts = 1, backoffMs = 1000, onWait } = options.retry ?? {};
  let recovered = false;
  for (let attempt = 1; ; ) {
    try {
      return await run();
    } catch (error) {
      const failure = options.toChatError(error);
      if (options.hasStarted() || options.signal.aborted) throw failure;
      if (!recovered && options.recover(failure)) {
        recovered = true;
        continue;
      }
      const delayMs = failure.retryAfterMs ?? jitter(backoffMs * 2 ** (attempt - 1));
      if (!failure.retryable || attempt >= maxAttempts || delayMs > longestWaitMs) throw failure;
      onWait?.({ attempt, delayMs, message: failure.message });
      await wait(delayMs, undefined, { signal: options.signal });
      attempt++;
    }
  }
}

/** Up to a quarter more or less, so that many waiting clients do not come back at the same moment. */
function jitter(ms: number): number {
  return Math.round(ms * (0.75 + Math.random() / 2));
}
