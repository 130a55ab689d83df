/** Opens the list of models at a button, to ask another model. */

import { createPopover } from '../../../ui/webview/popover.ts';
import { createModelPicker, type ModelList } from '../composer/modelPicker.ts';

/** Opens or closes the list; calls `choose` with the `ref` of the chosen model, if one is chosen. */
type ToggleModelMenu = (
  button: HTMLButtonElement,
  models: ModelList,
  choose: (modelRef: string) => void,
) => void;

/** `box` becomes the list. It closes when its button is scrolled out of view. */
export function createModelMenu(box: HTMLElement): ToggleModelMenu {
  let choice: ((modelRef: string) => void) | undefined;
  const popover = createPopover(box);
  const openPicker = createModelPicker(popover, (ref) => choice?.(ref));
  const sight = new IntersectionObserver((changes) => {
    if (changes.at(-1)?.isIntersecting === false) popover.close(true);
  });
  return (button, models, choose) => {
    if (popover.owner === button) return popover.close(true);
    choice = choose;
    openPicker(button, models);
    sight.disconnect();
    sight.observe(button);
  };
}
