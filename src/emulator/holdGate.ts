/** Keeps an answer open until a test says otherwise. */

export interface HoldGate {
  /** Resolves once `release` was called more often than there were holds before, or when the answer is over. */
  hold(onHeld: () => void): Promise<void>;
  /** Opens the next hold, also one that is not reached yet. */
  release(): void;
}

/** `signal` ends every hold. */
export function createHoldGate(signal: AbortSignal): HoldGate {
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
