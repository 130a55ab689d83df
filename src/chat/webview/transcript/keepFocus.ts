/** Moves the focus to the nearest turn when the focused element is removed. */

/** Runs `change`, which adds and removes turns of `list`. */
export function keepFocus(list: HTMLElement, change: () => void): void {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !list.contains(focused)) {
    change();
    return;
  }
  const turn = focused.closest<HTMLElement>('.turn');
  const index = turn ? Array.from(list.children).indexOf(turn) : -1;
  change();
  if (focused.isConnected) {
    // Elements that are put in another order lose the focus too.
    if (document.activeElement !== focused) focused.focus({ preventScroll: true });
    return;
  }
  const successor = list.children[Math.min(index, list.children.length - 1)];
  if (successor instanceof HTMLElement) focusAction(successor, focused.dataset.action);
}

/** The same button as before, or its opposite where it leads no further; else the turn as a whole. */
export function focusAction(turn: HTMLElement, action: string | undefined): void {
  const kind = action?.startsWith('branch-') ? 'branch-' : action;
  const candidates = [action, kind].map((name) =>
    name ? turn.querySelector<HTMLElement>(`[data-action^="${name}"]:not(:disabled)`) : null,
  );
  const target = candidates.find((candidate) => candidate !== null) ?? turn;
  target.focus({ preventScroll: true });
}
