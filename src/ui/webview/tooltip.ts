/** Shows the label of icon buttons as a tooltip, on hover and on keyboard focus. */

// The browser shows a `title` to the pointer only. Drawn by CSS alone, this would be cut off at the edges of a turn, whose
// painting is contained: hence one element in the top layer.

/** Those with a `title` have more to say, or another text. */
const described = 'button[aria-label]:not([title])';
/** As VS Code's `workbench.hover.delay`. */
const delay = 500;
/** From one button to its neighbour there is nothing to wait for. */
const neighbourDelay = 200;
const gap = 4;

/** Gives all such buttons of the page tooltips; called once. */
export function showTooltips(): void {
  const tip = document.createElement('div');
  tip.className = 'tooltip';
  tip.popover = 'manual';
  // The label of the button says it.
  tip.ariaHidden = 'true';
  document.body.append(tip);
  let owner: Element | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closedAt = Number.NEGATIVE_INFINITY;
  const sight = new IntersectionObserver((changes) => {
    if (changes.at(-1)?.isIntersecting === false) leave();
  });

  /** Stays away until the pointer or the focus comes anew. */
  function close(): void {
    clearTimeout(timer);
    if (!tip.matches(':popover-open')) return;
    tip.hidePopover();
    closedAt = performance.now();
  }

  function leave(): void {
    close();
    sight.disconnect();
    owner = undefined;
  }

  function enter(button: Element): void {
    if (button === owner) return;
    leave();
    owner = button;
    sight.observe(button);
    timer = setTimeout(() => open(button), performance.now() - closedAt < neighbourDelay ? 0 : delay);
  }

  function open(button: Element): void {
    const text = [button.ariaLabel, button.ariaDescription].filter(Boolean).join('\n');
    if (text === button.textContent?.trim()) return;
    tip.textContent = text;
    tip.showPopover();
    place(tip, button.getBoundingClientRect());
  }

  document.addEventListener('pointerover', ({ target }) => {
    const button = target instanceof Element ? target.closest(described) : null;
    if (button) enter(button);
    // The pointer may pass by what the keyboard is at.
    else if (!owner?.matches(':focus-visible')) leave();
  });
  document.addEventListener('pointerleave', leave);
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element && target.matches(described) && target.matches(':focus-visible'))
      enter(target);
  });
  document.addEventListener('focusout', ({ target }) => {
    if (target === owner) leave();
  });
  // Whatever others do with the events.
  document.addEventListener('pointerdown', close, { capture: true });
  document.addEventListener('keydown', close, { capture: true });
  document.addEventListener(
    'scroll',
    ({ target }) => {
      if (owner && target instanceof Node && target.contains(owner)) close();
    },
    { capture: true, passive: true },
  );
  window.addEventListener('blur', close);
}

/** Below the button or, where there is no room, above it; never beyond the page. */
function place(tip: HTMLElement, button: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = tip;
  const left = button.left + (button.width - width) / 2;
  const below = button.bottom + gap;
  const top = below + height + gap <= window.innerHeight ? below : button.top - gap - height;
  tip.style.left = `${Math.max(gap, Math.min(left, window.innerWidth - gap - width))}px`;
  tip.style.top = `${Math.max(gap, top)}px`;
}
