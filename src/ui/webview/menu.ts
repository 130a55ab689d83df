/** Opens a menu at a button: arrows, Home, End and first letters move, Escape and Tab close. */

// The menu of vscode-elements has no roles and no names for a screen reader, hence this one.

import { html, render } from 'lit';
import { icon, takeKey } from './dom.ts';

export interface MenuItem {
  /** Name of a codicon. */
  icon: string;
  label: string;
  run: () => void;
}

/** Clicks the button that `buttonOf` gives for what the second button of the mouse, or the menu key, was pressed on. */
export function clickOnContextMenu(
  root: HTMLElement,
  buttonOf: (target: EventTarget | null) => HTMLElement | null | undefined,
): void {
  root.addEventListener('contextmenu', (event) => {
    const button = buttonOf(event.target);
    if (!button) return;
    event.preventDefault();
    // Where the press of the mouse opens menus, its release would close this one.
    if (event.buttons === 0) button.click();
    else window.addEventListener('pointerup', () => button.click(), { once: true });
  });
}

/**
 * Gives `owner` a menu, in its listener for `click`: that click opens it, and another one closes it.
 * When an item was chosen or a key closed the menu, the focus is on `owner` again.
 */
export function openMenu(owner: HTMLButtonElement, items: readonly MenuItem[]): void {
  // What is left of this click closes it.
  if (owner.popoverTargetElement) return;
  const menu = createMenu(owner.getAttribute('aria-label') ?? '');
  render(
    items.map(
      (item, index) => html`<button type="button" class="menu-item" role="menuitem" tabindex="-1"
        ?autofocus=${index === 0} @click=${() => choose(item)}>${icon(item.icon)}<span>${item.label}</span></button>`,
    ),
    menu,
  );
  const listeners = new AbortController();
  const sight = new IntersectionObserver((changes) => {
    if (changes.at(-1)?.isIntersecting === false) menu.hidePopover();
  });

  function leave(): void {
    // First of all, since a row of a list shows its buttons only while it has the focus or an open menu.
    owner.focus();
    menu.hidePopover();
  }

  function choose(item: MenuItem): void {
    leave();
    item.run();
  }

  menu.addEventListener('keydown', (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === 'Escape') takeKey(event);
    else if (!modified && moveFocus(menu, event.key)) takeKey(event);
    // Tab goes on from the button.
    if (event.key === 'Escape' || event.key === 'Tab') leave();
  });
  // A key of the panel, or of VS Code, may lead elsewhere.
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    const elsewhere =
      relatedTarget instanceof Node && relatedTarget !== owner && !menu.contains(relatedTarget);
    if (elsewhere) menu.hidePopover();
  });
  menu.addEventListener('pointermove', ({ target }) => {
    const item = target instanceof Element ? target.closest('button') : null;
    if (item && item !== document.activeElement) item.focus({ preventScroll: true });
  });
  menu.addEventListener('beforetoggle', ({ newState }) => {
    owner.setAttribute('aria-expanded', String(newState === 'open'));
    if (newState === 'open') return;
    owner.popoverTargetElement = null;
    listeners.abort();
    sight.disconnect();
  });
  menu.addEventListener('toggle', ({ newState }) => {
    if (newState === 'closed') menu.remove();
  });
  // A click elsewhere in VS Code is none in this page.
  window.addEventListener('blur', () => menu.hidePopover(), { signal: listeners.signal });

  // Each child of the panel is a landmark, outside of which a screen reader would not look for the menu.
  (owner.closest('.panel > *') ?? document.body).append(menu);
  owner.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  owner.popoverTargetElement = menu;
  sight.observe(owner);
}

function createMenu(label: string): HTMLElement {
  const menu = document.createElement('div');
  menu.className = 'menu';
  menu.popover = 'auto';
  menu.role = 'menu';
  menu.ariaLabel = label;
  return menu;
}

/** Whether the key moved the focus to another item. */
function moveFocus(menu: HTMLElement, key: string): boolean {
  const items = Array.from(menu.querySelectorAll('button'));
  const current = items.findIndex((item) => item.matches(':focus'));
  const last = items.length - 1;
  const next: Readonly<Record<string, number>> = {
    ArrowDown: current === last ? 0 : current + 1,
    ArrowUp: current <= 0 ? last : current - 1,
    Home: 0,
    End: last,
  };
  const letter = key.length === 1 && key !== ' ' ? key.toLowerCase() : undefined;
  const following = [...items.slice(current + 1), ...items.slice(0, current + 1)];
  const target = letter
    ? following.find(({ textContent }) => textContent?.trim().toLowerCase().startsWith(letter))
    : items[next[key] ?? -1];
  target?.focus();
  return target !== undefined;
}
