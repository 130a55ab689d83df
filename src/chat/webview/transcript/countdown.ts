/** The seconds until a failed request is sent again, in words; not read out, the announcer says it once. */

import * as l10n from '@vscode/l10n';
import type { TurnWait } from '../state.ts';

export interface Countdown {
  dispose(): void;
}

/** Writes into `target` once a second. The clock counts, not the ticks: a page out of sight gets few of those. */
export function startCountdown(target: HTMLElement, wait: TurnWait): Countdown {
  const end = performance.now() + wait.delayMs;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tick(): void {
    const left = end - performance.now();
    const seconds = Math.ceil(left / 1000);
    if (seconds < 1) {
      target.textContent = l10n.t('{0}. Trying again…', wait.reason);
      return;
    }
    target.textContent = l10n.t('{0}. Trying again in {1} s…', wait.reason, seconds);
    timer = setTimeout(tick, Math.max(left - (seconds - 1) * 1000, 16));
  }

  tick();
  return { dispose: () => clearTimeout(timer) };
}
