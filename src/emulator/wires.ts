/** The wires the emulator speaks; a further one is one folder and one line here. */

import { dashScopeWire } from './dashScope/dashScopeWire.ts';
import type { Wire } from './wire.ts';

/** The first also words the errors for paths that no wire serves. */
export const wires: readonly [Wire, ...Wire[]] = [dashScopeWire];
