/** Saves and restores the focus around something that opens over the panel. */

/** Event of the window: something smaller than a turn, such as a match, was scrolled into view. */
export const placeTaken = 'qiao-place-taken';

export interface SavedFocus {
  /** Saves the element that has the focus, or had it last. */
  save(): void;
  /** Focuses the saved element; false without one, or if it is gone. */
  restore(): boolean;
}

export function createSavedFocus(): SavedFocus {
  let kept: Element | null = null;
  let last: Element | null = null;
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) last = target;
  });
  return {
    save() {
      const { activeElement, body } = document;
      // A command comes from the palette, while no element of the page has the focus.
      kept = activeElement === body ? last : activeElement;
    },
    restore() {
      if (!(kept instanceof HTMLElement) || kept === document.body || !kept.isConnected) return false;
      kept.focus();
      return document.activeElement === kept;
    },
  };
}

/** Focuses a field and selects its text; if the panel is not painted yet, with the next frame. */
export function focusText(field: HTMLInputElement): void {
  field.focus();
  field.select();
  if (document.activeElement !== field) requestAnimationFrame(() => field.focus());
}
