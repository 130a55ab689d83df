/** A box that opens above the composer and closes on Escape, a click elsewhere, or when the focus leaves. */

import { render, type TemplateResult } from 'lit';
import { createImeGuard, type ImeGuard } from './imeGuard.ts';

export interface PopoverContent {
  /** The button that opens the box; it gets the focus back. */
  owner: HTMLElement;
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
  /** Opens the box, or renders its content again. */
  show(content: PopoverContent): void;
  /** `restoreFocus` puts the focus back on the button. */
  close(restoreFocus?: boolean): void;
}

/** Makes `box`, which must take the focus by script, a popover; it starts closed. */
export function createPopover(box: HTMLElement): Popover {
  const ime = createImeGuard(box);
  let shown: PopoverContent | undefined;

  function close(restoreFocus = false): void {
    if (!shown) return;
    const { owner, onClose } = shown;
    shown = undefined;
    onClose?.();
    owner.setAttribute('aria-expanded', 'false');
    box.hidden = true;
    render(null, box);
    if (restoreFocus) owner.focus();
  }

  // Wherever the focus is, and before anyone else takes the key for their own.
  document.addEventListener(
    'keydown',
    (event) => {
      if (!shown || event.key !== 'Escape' || ime.owns(event)) return;
      event.preventDefault();
      event.stopPropagation();
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
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !box.contains(target) && !shown?.owner.contains(target)) close();
  });
  window.addEventListener('resize', () => {
    if (shown) place(box);
  });

  return {
    ime,
    get owner() {
      return shown?.owner;
    },
    show(content) {
      if (shown && shown.owner !== content.owner) close();
      shown = content;
      box.setAttribute('aria-label', content.label);
      content.owner.setAttribute('aria-expanded', 'true');
      box.hidden = false;
      const held = box.contains(document.activeElement);
      render(content.content, box);
      place(box);
      // A button that went away or was disabled must not take the keyboard with it.
      if (held && !box.contains(document.activeElement)) box.focus();
    },
    close,
  };
}

/** In pixels: with less room above the composer, the box lies over it instead. */
const enoughRoom = 220;

function place(box: HTMLElement): void {
  const room = box.parentElement?.getBoundingClientRect().top ?? 0;
  box.classList.toggle('over', room < enoughRoom);
  box.style.setProperty('--room', `${Math.floor(room)}px`);
}
