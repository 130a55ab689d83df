/** The platform's process: models that answer at different speeds, each always at its own. */

import { startEmulator } from '../../src/emulator/index.ts';
import { pieces, speeds } from './speeds.ts';

process.once('disconnect', () => process.exit());

const emulator = await startEmulator();
emulator.script(
  ...speeds.map(({ model, delayMs }) => ({
    match: { model },
    pieces: Array.from({ length: pieces(delayMs) }, (_, index) => `piece ${index} `),
    delayMs,
    times: 'always' as const,
  })),
);
process.send?.(emulator.origin);
