/** Retries a request after transient errors, until a part of the answer has come. */

import { setTimeout as wait } from 'node:timers/promises';
import type { ChatError } from '../../llm/chatError.ts';
import type { RetryOptions } from '../connection.ts';

export interface AttemptOptions {
  retry: RetryOptions | undefined;
  signal: AbortSignal;
  /** Whether a part of the answer has gone to the caller. */
  hasStarted(): boolean;
  /** See `ProtocolAdapter.recover`. */
  recover(failure: ChatError, times: number): Promise<boolean>;
  toChatError(error: unknown): ChatError;
}

/** A server may refuse one member of a request after the other. */
const maxRecoveries = 3;

/** The longest wait before a retry; a platform that asks for a longer one gets no retry. */
const longestWaitMs = 60_000;

/** Runs until an attempt succeeds. Throws the last attempt's `ChatError`. */
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
      if (!isTransient(failure) || attempt >= maxAttempts || delayMs > longestWaitMs) throw failure;
      attempt++;
      onWait?.({ attempt, delayMs, failure });
      await wait(delayMs, undefined, { signal: options.signal });
    }
  }
}

/** A wrong proxy or certificate stays wrong, although both are network errors. */
function isTransient({ retryable, kind, code = '' }: ChatError): boolean {
  const lasting = /^proxy-(authentication|address)$|CERT|^UNABLE_TO_|^ERR_TLS_/.test(code);
  return retryable && !(kind === 'network' && lasting);
}

/** Varies the wait by up to a quarter, so that waiting clients do not return at the same moment. */
function jitter(ms: number): number {
  return Math.round(ms * (0.75 + Math.random() / 2));
}
