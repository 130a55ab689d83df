/** Sends a request again where that can help: after a fault that passes, and only while nothing of the answer came. */

import { setTimeout as wait } from 'node:timers/promises';
import type { ChatError } from '../../llm/chatError.ts';
import type { RetryOptions } from '../connection.ts';

export interface AttemptOptions {
  retry: RetryOptions | undefined;
  signal: AbortSignal;
  /** Whether a part of the answer has already gone to the reader. */
  hasStarted(): boolean;
  /** See `Wire.recover`. */
  recover(failure: ChatError, times: number): Promise<boolean>;
  toChatError(error: unknown): ChatError;
}

/** A server may refuse one member of a request after the other. */
const maxRecoveries = 3;

/** Longest wait that is waited without asking; a platform that asks for more gets no second request. */
const longestWaitMs = 60_000;

/** Throws the last attempt's `ChatError`. */
export async function withAttempts(run: () => Promise<void>, options: AttemptOptions): Promise<void> {
  const { maxAttempts = 1, backoffMs = 1000, onWait } = options.retry ?? {};
  let recoveries = 0;
  for (let attempt = 1; ; ) {
    try {
      return await run();
    } catch (error) {
      const failure = options.toChatError(error);
      if (options.hasStarted() || options.signal.aborted) throw failure;
      if (recoveries < maxRecoveries && (await options.recover(failure, recoveries))) {
        recoveries++;
        continue;
      }
      const delayMs = failure.retryAfterMs ?? jitter(backoffMs * 2 ** (attempt - 1));
      if (!mayPass(failure) || attempt >= maxAttempts || delayMs > longestWaitMs) throw failure;
      attempt++;
      onWait?.({ attempt, delayMs, failure });
      await wait(delayMs, undefined, { signal: options.signal });
    }
  }
}

/** A proxy or a certificate that is wrong stays wrong, though both are faults of the network. */
function mayPass({ retryable, kind, code = '' }: ChatError): boolean {
  const lasting = /^proxy-(authentication|address)$|CERT|^UNABLE_TO_|^ERR_TLS_/.test(code);
  return retryable && !(kind === 'network' && lasting);
}

/** Up to a quarter more or less, so that many waiting clients do not come back at the same moment. */
function jitter(ms: number): number {
  return Math.round(ms * (0.75 + Math.random() / 2));
}
