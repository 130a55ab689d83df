/** Keeps the newest text in sight while the reader is at the end, and never moves the page under a reader who is not. */

/** Pixels from the end that still count as being there. */
const tolerance = 32;

export interface Follow {
  /** Goes to the end and follows from now on. */
  jump(): void;
}

/** `onChange` hears whether the end is out of sight. */
export function createFollow(
  scroller: HTMLElement,
  content: HTMLElement,
  onChange: (away: boolean) => void,
): Follow {
  let following = true;
  let lastTop = 0;

  function atEnd(): boolean {
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= tolerance;
  }

  function setFollowing(value: boolean): void {
    if (following === value) return;
    following = value;
    onChange(!value);
  }

  scroller.addEventListener(
    'scroll',
    () => {
      const top = scroller.scrollTop;
      if (atEnd()) setFollowing(true);
      else if (top < lastTop) setFollowing(false);
      lastTop = top;
    },
    { passive: true },
  );
  // Sizes are known here without forcing a layout of their own.
  const observer = new ResizeObserver(() => {
    if (following) scroller.scrollTop = scroller.scrollHeight;
  });
  observer.observe(content);
  observer.observe(scroller);

  return {
    jump() {
      scroller.scrollTop = scroller.scrollHeight;
      setFollowing(true);
    },
  };
}
