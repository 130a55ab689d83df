/** A popover that belongs to a button; Escape, a click or a focus elsewhere closes it. */

import { render, type TemplateResult } from 'lit';
import { takeKey } from './dom.ts';
import { createImeGuard, type ImeGuard } from './imeGuard.ts';

export interface PopoverContent {
  /** The button that opens the box; it gets the focus back. */
  owner: HTMLButtonElement;
  /** Names the box. */
  label: string;
  content: TemplateResult;
  /** The box is about to close; its fields are still there. */
  onClose?(): void;
}

export interface Popover {
  /** The button whose box is open. */
  readonly owner: HTMLElement | undefined;
  /** Knows about compositions in any field of the box. */
  readonly ime: ImeGuard;
  /** Opens the box, or renders its content again. The style sheet places it. */
  show(content: PopoverContent): void;
  /** `restoreFocus` puts the focus back on the button. */
  close(restoreFocus?: boolean): void;
}

/** Makes `box`, which must take the focus by script, a popover; it starts closed. */
export function createPopover(box: HTMLElement): Popover {
  box.popover = 'auto';
  const ime = createImeGuard(box);
  let shown: PopoverContent | undefined;

  function close(restoreFocus = false): void {
    const owner = shown?.owner;
    if (!owner) return;
    box.hidePopover();
    if (restoreFocus) owner.focus();
  }

  box.addEventListener('beforetoggle', ({ newState }) => {
    if (!shown || newState === 'open') return;
    const { owner, onClose } = shown;
    shown = undefined;
    onClose?.();
    owner.ariaExpanded = 'false';
    owner.popoverTargetElement = null;
    render(null, box);
  });
  // Wherever the focus is, and before anyone else takes the key for their own.
  document.addEventListener(
    'keydown',
    (event) => {
      if (!shown || event.key !== 'Escape' || ime.owns(event)) return;
      takeKey(event);
      close(true);
    },
    true,
  );
  box.addEventListener('focusout', ({ relatedTarget }) => {
    if (
      relatedTarget instanceof Node &&
      !box.contains(relatedTarget) &&
      !shown?.owner.contains(relatedTarget)
    )
      close();
  });

  return {
    ime,
    get owner() {
      return shown?.owner;
    },
    show(content) {
      const { owner, label } = content;
      if (shown && shown.owner !== owner) close();
      const opens = !shown;
      shown = content;
      box.ariaLabel = label;
      const held = box.contains(document.activeElement);
      render(content.content, box);
      if (opens) {
        // So that a press on the button is no click elsewhere; the rest of the click that opened the box leaves it open.
        owner.popoverTargetElement = box;
        owner.popoverTargetAction = 'show';
        owner.ariaExpanded = 'true';
        box.showPopover({ source: owner });
      }
      // A button that went away or was disabled must not take the keyboard with it.
      if (held && !box.contains(document.activeElement)) box.focus();
    },
    close,
  };
}
