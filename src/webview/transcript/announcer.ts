/** What a screen reader hears of the answers: when one starts, waits, and how it ended, never its tokens. */

import { formatString, type PanelStrings } from '../../core/panelStrings.ts';
import type { PanelTurn } from '../state.ts';

/** `region` is a polite live region. The first turn it is shown is old news and stays silent. */
export function createAnnouncer(
  region: HTMLElement,
): (last: PanelTurn | undefined, strings: PanelStrings) => void {
  let heard: string | undefined;
  return (last, strings) => {
    const news = last ? `${last.id} ${last.outcome.status} ${last.wait?.attempt ?? ''}` : '';
    if (news === heard) return;
    const first = heard === undefined;
    heard = news;
    if (last && !first) region.textContent = summary(last, strings);
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
    case 'interrupted':
      return strings['status.stopped'];
  }
}
