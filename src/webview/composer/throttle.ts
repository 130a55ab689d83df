/** Passes on the newest of many values, at once and then at most once per interval. */

export interface Throttle<Value> {
  push(value: Value): void;
  /** Forgets what waits. */
  cancel(): void;
}

/** `interval` in milliseconds. The last value always arrives. */
export function createThrottle<Value>(interval: number, send: (value: Value) => void): Throttle<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { value: Value } | undefined;
  function release(): void {
    timer = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = undefined;
    timer = setTimeout(release, interval);
    send(value);
  }
  return {
    push(value) {
      waiting = { value };
      if (timer === undefined) release();
    },
    cancel() {
      waiting = undefined;
    },
  };
}
