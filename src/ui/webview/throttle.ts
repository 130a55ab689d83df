/** Passes on the newest value, at most once per interval. */

export interface Throttle<Value> {
  push(value: Value): void;
  /** Sends what waits at once. */
  flush(): void;
  /** Forgets what waits. */
  cancel(): void;
}

/** `interval`: milliseconds, fixed or by the sent value. The last value always arrives. */
export function createThrottle<Value>(
  interval: number | ((sent: Value) => number),
  send: (value: Value) => void,
): Throttle<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { value: Value } | undefined;
  function release(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = undefined;
    timer = setTimeout(release, typeof interval === 'number' ? interval : interval(value));
    send(value);
  }
  return {
    push(value) {
      waiting = { value };
      if (timer === undefined) release();
    },
    flush() {
      if (waiting) release();
    },
    cancel() {
      waiting = undefined;
    },
  };
}
