/** What the script in the panel's HTML hands over to the composer. */

import type { ImeGuard } from '../../ui/webview/imeGuard.ts';

export interface EarlyInput {
  /** It has seen a composition that began before the composer was there. */
  readonly ime: ImeGuard;
  /** Stops watching. `typed`: the field was changed; `question`: what was entered to be sent, or empty. */
  take(): { typed: boolean; question: string };
}

export type EarlyWindow = Window & { earlyInput?: EarlyInput };
