/** A menu that hangs on a button: arrows, Home, End and first letters move, Escape and Tab close. */

// The menu of vscode-elements has no roles and no names for a screen reader, hence this one.

export interface MenuItem {
  label: string;
  icon: string;
  run: () => void;
}

/** Opens the menu below `owner`, or above where there is more room. The focus goes back to `owner` when it closes. */
export function openMenu(owner: HTMLElement, items: readonly MenuItem[]): void {
  closeOpen?.();
  const { ownerDocument: document } = owner;
  const menu = document.createElement('div');
  menu.className = 'menu';
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-label', owner.getAttribute('aria-label') ?? '');
  const buttons = items.map((item) => createItem(item, document));
  menu.append(...buttons);
  const listeners = new AbortController();
  const { signal } = listeners;

  function close(restoreFocus = false): void {
    if (signal.aborted) return;
    listeners.abort();
    closeOpen = undefined;
    owner.setAttribute('aria-expanded', 'false');
    // Before the menu goes: a removed element would leave the focus on the page.
    if (restoreFocus) owner.focus();
    menu.remove();
  }

  for (const [index, item] of items.entries()) {
    buttons[index]?.addEventListener('click', (event) => {
      event.stopPropagation();
      close(true);
      item.run();
    });
  }
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' || event.key === 'Tab') close(true);
    else if (!moveFocus(buttons, event.key)) return;
    // Tab goes on from the button.
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener('pointermove', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (button && button !== document.activeElement) button.focus();
  });
  const away = ({ target }: Event): void => {
    if (!(target instanceof Node) || !(menu.contains(target) || owner.contains(target))) close();
  };
  document.addEventListener('pointerdown', away, { signal, capture: true });
  document.addEventListener('scroll', () => close(), { signal, capture: true });
  window.addEventListener('resize', () => close(), { signal });
  window.addEventListener('blur', () => close(), { signal });

  document.body.append(menu);
  place(menu, owner.getBoundingClientRect());
  owner.setAttribute('aria-expanded', 'true');
  closeOpen = close;
  buttons[0]?.focus({ preventScroll: true });
}

/** Closes the menu that is open, if one is. */
let closeOpen: (() => void) | undefined;

/** Whether the menu of this button is open. */
export function isMenuOpen(owner: Element): boolean {
  return owner.getAttribute('aria-expanded') === 'true';
}

/** Closes the open menu and leaves the focus where it is. */
export function closeMenu(): void {
  closeOpen?.();
}

function createItem({ label, icon }: MenuItem, document: Document): HTMLButtonElement {
  const glyph = document.createElement('span');
  glyph.className = `codicon codicon-${icon}`;
  glyph.setAttribute('aria-hidden', 'true');
  const text = document.createElement('span');
  text.textContent = label;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'menu-item';
  button.tabIndex = -1;
  button.setAttribute('role', 'menuitem');
  button.append(glyph, text);
  return button;
}

/** Whether the key moved the focus to another item. */
function moveFocus(buttons: readonly HTMLElement[], key: string): boolean {
  const current = buttons.findIndex((button) => button.matches(':focus'));
  const last = buttons.length - 1;
  const next: Readonly<Record<string, number>> = {
    ArrowDown: current === last ? 0 : current + 1,
    ArrowUp: current <= 0 ? last : current - 1,
    Home: 0,
    End: last,
  };
  const letter = key.length === 1 && key !== ' ' ? key.toLowerCase() : undefined;
  const following = [...buttons.slice(current + 1), ...buttons.slice(0, current + 1)];
  const target = letter
    ? following.find((button) => button.textContent?.trim().toLowerCase().startsWith(letter))
    : buttons[next[key] ?? -1];
  target?.focus();
  return target !== undefined;
}

function place(menu: HTMLElement, owner: DOMRect): void {
  const gap = 4;
  const { innerWidth, innerHeight } = window;
  const left = Math.min(owner.right - menu.offsetWidth, innerWidth - menu.offsetWidth - gap);
  const below = owner.bottom + gap;
  const fitsBelow = below + menu.offsetHeight <= innerHeight - gap;
  menu.style.left = `${Math.max(gap, left)}px`;
  menu.style.top = `${Math.max(gap, fitsBelow ? below : owner.top - gap - menu.offsetHeight)}px`;
}
