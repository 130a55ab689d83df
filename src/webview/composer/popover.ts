/** A box that opens above the composer and closes on Escape, a click elsewhere, or when the focus leaves. */

import { render, type TemplateResult } from 'lit';

export interface Popover {
  /** Opens the box for `owner`, the button that opens it, or renders its content again. `label` names the box. */
  show(owner: HTMLElement, label: string, content: TemplateResult): void;
  /** `restoreFocus` puts the focus back on the button. */
  close(restoreFocus?: boolean): void;
}

/** Makes `box` a popover; it starts closed. */
export function createPopover(box: HTMLElement): Popover {
  let owner: HTMLElement | undefined;

  function close(restoreFocus = false): void {
    if (!owner) return;
    const button = owner;
    owner = undefined;
    button.setAttribute('aria-expanded', 'false');
    box.hidden = true;
    render(null, box);
    if (restoreFocus) button.focus();
  }

  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || event.keyCode === 229) return;
    event.stopPropagation();
    close(true);
  });
  box.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !box.contains(relatedTarget) && !owner?.contains(relatedTarget))
      close();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !box.contains(target) && !owner?.contains(target)) close();
  });

  return {
    show(button, label, content) {
      owner = button;
      box.setAttribute('aria-label', label);
      button.setAttribute('aria-expanded', 'true');
      box.hidden = false;
      render(content, box);
    },
    close,
  };
}
