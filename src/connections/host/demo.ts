/** The demo: the emulator inside the extension host, without a port, so that Qiao can be tried without a key. */

import type { LocalEmulator, ScriptStep } from '../../emulator/index.ts';
import type { Connection } from '../../providers/index.ts';

/** How an answer of the demo comes about, or goes wrong. */
export type DemoStep = ScriptStep;

export interface Demo {
  /** Leads to the emulator. Its address is one where nothing can listen, and its key is no secret. */
  connect(): Promise<Connection>;
  /** Lets the next answer go wrong as the step says. */
  simulate(step: DemoStep): Promise<void>;
  dispose(): Promise<void>;
}

export function createDemo(): Demo {
  let emulator: Promise<LocalEmulator> | undefined;
  const open = (): Promise<LocalEmulator> => {
    emulator ??= import('../../emulator/index.ts').then(({ createEmulator }) => createEmulator());
    // What failed to load may load the next time.
    emulator.catch(() => {
      emulator = undefined;
    });
    return emulator;
  };
  return {
    async connect() {
      const { connect } = await open();
      return {
        protocol: 'dashscope',
        baseUrl: 'http://127.0.0.1:0',
        apiKey: 'sk-demo-no-secret',
        network: { openSocket: connect },
      };
    },
    simulate: async (step) => (await open()).script(step),
    async dispose() {
      await (await emulator?.catch(() => undefined))?.dispose();
    },
  };
}
