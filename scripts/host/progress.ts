// Shows in the terminal that a long step is still running.

/** Prints `text` now and the time spent every five seconds; stops when the work ends, in whichever way. */
export async function withProgress<T>(text: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  console.error(`${text} …`);
  const timer = setInterval(() => console.error(`  … ${seconds()} s`), 5000);
  try {
    const result = await work();
    console.error(`  done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
