/** Brings one turn into sight, gives it the focus, and marks it for a moment. */

/** How long the mark stays, in milliseconds; the style sheet fades it in that time. */
const markMs = 1600;

/** The focus stays where the reader types. */
export function revealTurn(scroller: HTMLElement, turn: HTMLElement): void {
  center(scroller, turn);
  // Turns around it get their real sizes only now that they are near.
  requestAnimationFrame(() => {
    center(scroller, turn);
    requestAnimationFrame(() => center(scroller, turn));
  });
  if (!isTyping()) turn.focus({ preventScroll: true });
  turn.classList.add('revealed');
  setTimeout(() => turn.classList.remove('revealed'), markMs);
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
