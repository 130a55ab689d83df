/** A menu that hangs from the button that opens it. The browser's own popover closes it on Escape or a click elsewhere. */

import { html, render } from 'lit';
import { icon } from '../dom.ts';

export interface MenuItem {
  icon: string;
  label: string;
  run(): void;
}

export interface Menu {
  /** Opens below `owner`, or above where there is no room. The focus returns to `owner`. */
  open(owner: HTMLElement, label: string, items: readonly MenuItem[]): void;
}

/** Adds the menu to `parent`; it starts closed. */
export function createMenu(parent: HTMLElement): Menu {
  const box = document.createElement('div');
  box.className = 'menu';
  box.popover = 'auto';
  box.role = 'menu';
  parent.append(box);
  let owner: HTMLElement | undefined;

  // This event comes late, when another button may have opened the menu again.
  box.addEventListener('toggle', () => {
    if (!box.matches(':popover-open')) release();
  });
  box.addEventListener('keydown', (event) => {
    // The panel has other plans for some of these keys.
    event.stopPropagation();
    const items: Element[] = Array.from(box.querySelectorAll('button'));
    const at = document.activeElement ? items.indexOf(document.activeElement) : -1;
    const next: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (Math.max(at, 0) - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    const index = next[event.key];
    if (index !== undefined) {
      event.preventDefault();
      const item = items[index];
      if (item instanceof HTMLElement) item.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close();
    }
  });

  function close(): void {
    box.hidePopover();
    // Before the button is released: a row shows its buttons only while it has the focus or an open menu.
    owner?.focus();
    release();
  }

  function release(): void {
    owner?.setAttribute('aria-expanded', 'false');
    owner?.style.removeProperty('anchor-name');
    owner = undefined;
  }

  return {
    open(button, label, items) {
      if (box.matches(':popover-open')) box.hidePopover();
      release();
      owner = button;
      button.setAttribute('aria-expanded', 'true');
      button.style.setProperty('anchor-name', '--menu-owner');
      box.setAttribute('aria-label', label);
      render(
        items.map(
          (item) =>
            html`<button type="button" role="menuitem" tabindex="-1" @click=${() => {
              close();
              item.run();
            }}>${icon(item.icon)}<span>${item.label}</span></button>`,
        ),
        box,
      );
      box.showPopover();
      box.querySelector('button')?.focus();
    },
  };
}
