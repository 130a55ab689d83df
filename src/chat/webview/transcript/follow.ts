/** Scrolls along with new text while the reader is at the end, and never otherwise. */

/** Pixels from the end that count as being there. */
const tolerance = 32;

export interface Follow {
  /** Whether the page moves along as text is added. */
  readonly following: boolean;
  /** Goes to the end and follows from now on. */
  jump(): void;
  /** Stays where the reader is; call it also after the page was moved for another reason. */
  stay(): void;
  /** Whether the end of the page is the end of the conversation; only there is anything to follow. */
  setComplete(complete: boolean): void;
}

/** `onChange` hears whether the end is out of sight. */
export function createFollow(
  scroller: HTMLElement,
  content: HTMLElement,
  onChange: (away: boolean) => void,
): Follow {
  let following = true;
  let complete = true;
  let away = false;
  let pressed = false;
  let lastTop = 0;
  let lastHeight = 0;

  const distance = (): number => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;

  function settle(value: boolean): void {
    following = value && complete;
    lastTop = scroller.scrollTop;
    lastHeight = scroller.scrollHeight;
    const isAway = !complete || (!following && distance() > tolerance);
    if (isAway === away) return;
    away = isAway;
    onChange(away);
  }

  function goToEnd(): void {
    scroller.scrollTop = scroller.scrollHeight;
    settle(true);
  }

  /** Text that is being selected, or is selected to be copied, stays where it is. */
  function isSelecting(): boolean {
    const selection = document.getSelection();
    return (
      pressed || (selection !== null && !selection.isCollapsed && content.contains(selection.anchorNode))
    );
  }

  scroller.addEventListener(
    'scroll',
    () => {
      const moved = scroller.scrollTop - lastTop;
      // Shrinking content moves the page too: the reader neither left the end nor reached it.
      const shrunk = scroller.scrollHeight < lastHeight;
      if (moved < 0 && !(shrunk && distance() <= 1)) settle(false);
      else if (moved > 0 && distance() <= tolerance) settle(true);
      else settle(following);
    },
    { passive: true },
  );
  content.addEventListener('pointerdown', ({ button }) => {
    pressed = button === 0;
  });
  const release = (): void => {
    pressed = false;
  };
  for (const type of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(type, release);
  // No `pointerup` follows a drag on a scroll bar.
  window.addEventListener('pointermove', ({ buttons }) => buttons === 0 && release());
  // The user opened something in a finished answer: keep it in view.
  content.addEventListener('click', ({ target }) => {
    const opener = target instanceof Element ? target.closest('summary, .markdown button') : null;
    if (opener?.closest('.finished')) settle(false);
  });
  // Sizes are known here without forcing a layout of their own.
  const observer = new ResizeObserver(() => {
    if (!following) settle(false);
    else if (!isSelecting()) goToEnd();
    else settle(distance() <= tolerance);
  });
  observer.observe(content);
  observer.observe(scroller);

  return {
    get following() {
      return following;
    },
    jump() {
      if (isSelecting()) document.getSelection()?.removeAllRanges();
      pressed = false;
      goToEnd();
    },
    stay: () => settle(false),
    setComplete(value) {
      if (value === complete) return;
      complete = value;
      settle(following);
    },
  };
}
