/** The demo: the emulator, run inside the extension host on first use, so that Qiao can be tried without a key. */

import type { Emulator, ScriptStep } from '../../emulator/index.ts';

/** How an answer of the demo comes about, or goes wrong. */
export type DemoStep = ScriptStep;

export interface Demo {
  /** What the emulator takes for a key; no secret. */
  readonly apiKey: string;
  /** Its address on this machine. */
  start(): Promise<string>;
  /** Lets the next answer go wrong as the step says. */
  simulate(step: DemoStep): Promise<void>;
  dispose(): Promise<void>;
}

export function createDemo(): Demo {
  let emulator: Promise<Emulator> | undefined;
  const start = (): Promise<Emulator> => {
    emulator ??= import('../../emulator/index.ts').then(({ startEmulator }) => startEmulator());
    // What failed to start may start the next time.
    emulator.catch(() => {
      emulator = undefined;
    });
    return emulator;
  };
  return {
    apiKey: 'sk-demo-no-secret',
    start: async () => (await start()).origin,
    simulate: async (step) => (await start()).script(step),
    async dispose() {
      await (await emulator?.catch(() => undefined))?.dispose();
    },
  };
}
