/** Keeps the scroll position while turns above the visible ones are added or removed. */

/**
 * Runs `change`, which adds and removes children of `list`, and scrolls so that the first child in sight that is still
 * there has not moved. `false` when none is left.
 */
export function keepInPlace(scroller: HTMLElement, list: HTMLElement, change: () => void): boolean {
  const inSight = childrenInSight(scroller, list);
  change();
  const anchor = inSight.find(({ element }) => element.isConnected);
  if (!anchor) return inSight.length === 0;
  scroller.scrollTop += topOf(anchor.element) - anchor.top;
  return true;
}

/** The children of `list` that the reader sees, first one first, with their distance from the top of the page. */
export function childrenInSight(
  scroller: HTMLElement,
  list: HTMLElement,
): { element: HTMLElement; top: number }[] {
  const { top, bottom } = scroller.getBoundingClientRect();
  const found: { element: HTMLElement; top: number }[] = [];
  for (const element of list.children) {
    const box = element.getBoundingClientRect();
    if (box.top >= bottom) break;
    if (box.bottom > top && element instanceof HTMLElement) found.push({ element, top: box.top });
  }
  return found;
}

function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}
