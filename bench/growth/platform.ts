/** The platform's process: answers every request with the same number of pieces, at the same speed. */

import { startEmulator } from '../../src/emulator/index.ts';

process.once('disconnect', () => process.exit());

const emulator = await startEmulator();
const pieces = Array.from({ length: 400 }, (_, index) => `piece ${index} `);
emulator.script({ pieces, delayMs: 5, times: 'always' });
process.send?.(emulator.origin);
