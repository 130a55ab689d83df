/** The demo: the emulator, run inside the extension host on first use, so that Qiao can be tried without a key. */

import type { Emulator } from '../emulator/index.ts';

export interface Demo {
  /** What the emulator takes for a key; no secret. */
  readonly apiKey: string;
  /** Its address on this machine. */
  start(): Promise<string>;
  dispose(): Promise<void>;
}

export function createDemo(): Demo {
  let emulator: Promise<Emulator> | undefined;
  return {
    apiKey: 'sk-demo-no-secret',
    async start() {
      emulator ??= import('../emulator/index.ts').then(({ startEmulator }) => startEmulator());
      return (await emulator).origin;
    },
    async dispose() {
      await (await emulator)?.dispose();
    },
  };
}
