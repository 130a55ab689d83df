/** The list of models next to a button of an answer, to ask another one. */

import { createPopover } from '../../../ui/webview/popover.ts';
import { createModelPicker, type ModelList } from '../composer/modelPicker.ts';

export interface ModelMenu {
  /** Calls `choose` with the model's `ref`, unless the list is closed without a choice. */
  open(button: HTMLElement, from: { composer: ModelList }, choose: (modelRef: string) => void): void;
}

/** Pixels between the list, its button and the edges of the page. */
const gap = 4;

/** `box` becomes the list. It stays at its button while `scroller` moves, and closes when that is out of sight. */
export function createModelMenu(box: HTMLElement, scroller: HTMLElement): ModelMenu {
  let owner: HTMLElement | undefined;
  let choice: ((modelRef: string) => void) | undefined;
  const popover = createPopover(box);
  const picker = createModelPicker(popover, (ref) => choice?.(ref));

  function place(): void {
    if (!owner || box.hidden) return;
    const button = owner.getBoundingClientRect();
    const { top, bottom } = scroller.getBoundingClientRect();
    if (!owner.isConnected || button.bottom < top || button.top > bottom) {
      popover.close(true);
      return;
    }
    const above = button.top - gap;
    const below = window.innerHeight - button.bottom - gap;
    const left = Math.min(button.left, window.innerWidth - box.offsetWidth - gap);
    box.style.left = `${Math.max(gap, left)}px`;
    box.style.maxHeight = `${Math.min(440, Math.max(above, below) - gap)}px`;
    box.style.top = below >= above ? `${button.bottom + gap}px` : 'auto';
    box.style.bottom = below >= above ? 'auto' : `${window.innerHeight - above}px`;
  }

  scroller.addEventListener('scroll', place, { passive: true });
  window.addEventListener('resize', place);
  return {
    open(button, { composer }, choose) {
      if (owner === button && !box.hidden) return popover.close(true);
      owner = button;
      choice = choose;
      picker.open(button, composer);
      place();
    },
  };
}
