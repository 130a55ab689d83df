/** Scrolls to a turn, focuses it, and highlights it briefly. */

import { placeTaken } from '../../../ui/webview/focus.ts';

/** How long the mark stays, in milliseconds; the style sheet fades it in that time. */
const markMs = 1600;

/** Frames in which the turn is put right again, at most. */
const patience = 20;

/** The focus stays where the reader types. */
export function revealTurn(scroller: HTMLElement, turn: HTMLElement): void {
  holdInSight(scroller, turn);
  if (!isTyping()) turn.focus({ preventScroll: true });
  turn.classList.add('revealed');
  setTimeout(() => turn.classList.remove('revealed'), markMs);
}

/** Turns around it get their real sizes only now that they are near; until then it is put right, frame by frame. */
function holdInSight(scroller: HTMLElement, turn: HTMLElement): void {
  const leave = new AbortController();
  for (const type of ['wheel', 'pointerdown', 'keydown', placeTaken])
    window.addEventListener(type, () => leave.abort(), { once: true, passive: true, signal: leave.signal });
  let steady = 0;
  let left = patience;
  const step = (): void => {
    if (leave.signal.aborted) return;
    const before = turn.getBoundingClientRect().top;
    center(scroller, turn);
    steady = Math.abs(turn.getBoundingClientRect().top - before) < 1 ? steady + 1 : 0;
    left -= 1;
    if (steady < 3 && left > 0) requestAnimationFrame(step);
    else leave.abort();
  };
  step();
}

/** Whether the focus is in a text field. */
export function isTyping(): boolean {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused?.matches('input, textarea, select') ?? false;
}

function center(scroller: HTMLElement, turn: HTMLElement): void {
  const tall = turn.getBoundingClientRect().height > scroller.clientHeight;
  turn.scrollIntoView({ block: tall ? 'start' : 'center', behavior: 'instant' });
}
