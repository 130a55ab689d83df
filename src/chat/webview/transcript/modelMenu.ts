/** The list of models next to a button of an answer, to ask another one. */

import { createPopover } from '../../../ui/webview/popover.ts';
import { createModelPicker, type ModelList } from '../composer/modelPicker.ts';

export interface ModelMenu {
  /** Calls `choose` with the model's `ref`, unless the list is closed without a choice. */
  open(button: HTMLButtonElement, from: { composer: ModelList }, choose: (modelRef: string) => void): void;
}

/** `box` becomes the list. It stays at its button, and closes when that is out of sight. */
export function createModelMenu(box: HTMLElement): ModelMenu {
  let choice: ((modelRef: string) => void) | undefined;
  const popover = createPopover(box);
  const picker = createModelPicker(popover, (ref) => choice?.(ref));
  const sight = new IntersectionObserver((changes) => {
    if (changes.at(-1)?.isIntersecting === false) popover.close(true);
  });
  return {
    open(button, { composer }, choose) {
      if (popover.owner === button) return popover.close(true);
      choice = choose;
      picker.open(button, composer);
      sight.disconnect();
      sight.observe(button);
    },
  };
}
