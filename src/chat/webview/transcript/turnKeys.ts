/** Moves the focus between turns with Alt+Up and Alt+Down, except in text fields. */

import { childrenInSight } from './anchor.ts';
import { isTyping } from './reveal.ts';

/** Value of `aria-keyshortcuts` for what the keys work on. */
export const turnKeyShortcuts = 'Alt+ArrowUp Alt+ArrowDown';

export function handleTurnKeys(scroller: HTMLElement, list: HTMLElement): void {
  document.addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping()) return;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    // The list of conversations covers the turns.
    if (scroller.closest('[inert]')) return;
    const turn = nextTurn(scroller, list, event.key === 'ArrowUp' ? -1 : 1);
    if (!turn) return;
    event.preventDefault();
    turn.focus({ preventScroll: true });
    turn.scrollIntoView({ block: 'start', behavior: 'instant' });
  });
}

/** From the turn that has the focus; else the last one in sight is the first to go to. */
function nextTurn(scroller: HTMLElement, list: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const current = document.activeElement?.closest('.turn');
  if (!current || !list.contains(current)) return childrenInSight(scroller, list).at(-1)?.element;
  const next = step === 1 ? current.nextElementSibling : current.previousElementSibling;
  return next instanceof HTMLElement ? next : undefined;
}
