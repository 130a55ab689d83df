/** The demo: an emulator in the extension host, without a port or a key. */

import type { LocalEmulator, ScriptStep } from '../../emulator/index.ts';
import type { Connection } from '../../providers/index.ts';

/** Scripts one answer of the demo, including its faults. */
export type DemoStep = ScriptStep;

export interface Demo {
  /** Returns a connection to the emulator. Its address cannot be reached by network, and its key is not secret. */
  connect(): Promise<Connection>;
  /** Answers the next request as the step says. */
  simulate(step: DemoStep): Promise<void>;
  dispose(): Promise<void>;
}

export function createDemo(): Demo {
  let emulator: Promise<LocalEmulator> | undefined;
  const open = (): Promise<LocalEmulator> => {
    emulator ??= import('../../emulator/index.ts').then(({ createEmulator }) => createEmulator());
    // Try again with the next call.
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
