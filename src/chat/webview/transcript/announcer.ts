/** Announces the progress of answers to screen readers: start, retry and end, never the text. */

import * as l10n from '@vscode/l10n';
import type { PanelState, PanelTurn } from '../state.ts';
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
    update({ turns, later }) {
      const last = later === 0 ? turns.at(-1) : undefined;
      if (!last) return;
      const news = `${last.outcome.status} ${last.wait?.attempt ?? ''}`;
      const known = heard?.turnId === last.id;
      if (known && heard?.news === news) return;
      const first = heard === undefined;
      heard = { turnId: last.id, news };
      if (known || (!first && isRunning(last.outcome))) say(summary(last));
    },
  };
}

function summary({ outcome, wait }: PanelTurn): string {
  switch (outcome.status) {
    case 'running':
      if (wait) return l10n.t('{0}. Trying again…', wait.reason);
      return l10n.t('Answering…');
    case 'done':
      return l10n.t('Answer finished');
    case 'failed':
      return l10n.t('No answer: {0}', outcome.error?.title ?? '');
    case 'stopped':
      return l10n.t('Answer stopped');
    case 'interrupted':
      return l10n.t('Answer interrupted');
  }
}
