/** Moves the focus into something that opens over the panel, and back to where it was. */

/** Event of the window: something smaller than a turn, such as a found word, was brought into sight on purpose. */
export const placeTaken = 'qiao-place-taken';

export interface FocusMemory {
  /** Keeps what has the focus now, or had it last. */
  remember(): void;
  /** Gives the focus back; false when nothing had it, or it is gone. */
  restore(): boolean;
}

export function createFocusMemory(): FocusMemory {
  let kept: Element | null = null;
  let last: Element | null = null;
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) last = target;
  });
  return {
    remember() {
      const { activeElement, body } = document;
      // Whoever comes by a command was in the palette just now, which left no element of the page its focus.
      kept = activeElement === body ? last : activeElement;
    },
    restore() {
      if (!(kept instanceof HTMLElement) || kept === document.body || !kept.isConnected) return false;
      kept.focus();
      return document.activeElement === kept;
    },
  };
}

/** Focuses a field and selects its text, if need be once the panel is painted for the first time. */
export function focusText(field: HTMLInputElement): void {
  field.focus();
  field.select();
  if (document.activeElement !== field) requestAnimationFrame(() => field.focus());
}
