// Resolves a promise at Ctrl+C.

/** Resolves when the person or the system asks this program to end. From the call on, nothing else ends it. */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}
