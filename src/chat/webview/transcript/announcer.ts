/** What a screen reader hears of the answers: when one starts, waits, and how it ended, never its tokens. */

import { formatString, type PanelStrings } from '../../common/panelStrings.ts';
import type { PanelState } from '../state.ts';
import type { PanelTurn } from '../turnWindow.ts';
import { isRunning } from '../turnWindow.ts';

export interface Announcer {
  /** Says what is new about the newest turn. Turns that had ended when they came into the view are old news. */
  update(state: PanelState): void;
  say(text: string): void;
}

/** `region` is a polite live region. */
export function createAnnouncer(region: HTMLElement): Announcer {
  let heard: { turnId: string; news: string } | undefined;

  function say(text: string): void {
    // The same words again are news only when they were gone.
    if (region.textContent === text) region.textContent = '';
    region.textContent = text;
  }

  return {
    say,
    update({ turns, later, strings }) {
      const last = later === 0 ? turns.at(-1) : undefined;
      if (!last) return;
      const news = `${last.outcome.status} ${last.wait?.attempt ?? ''}`;
      const known = heard?.turnId === last.id;
      if (known && heard?.news === news) return;
      const first = heard === undefined;
      heard = { turnId: last.id, news };
      if (known || (!first && isRunning(last.outcome))) say(summary(last, strings));
    },
  };
}

function summary({ outcome, wait }: PanelTurn, strings: PanelStrings): string {
  switch (outcome.status) {
    case 'running':
      if (wait) return formatString(strings['turn.tryingAgain'], wait.reason);
      return strings['status.answering'];
    case 'done':
      return strings['status.finished'];
    case 'failed':
      return formatString(strings['status.failed'], outcome.error?.title ?? '');
    case 'stopped':
      return strings['status.stopped'];
    case 'interrupted':
      return strings['status.interrupted'];
  }
}
