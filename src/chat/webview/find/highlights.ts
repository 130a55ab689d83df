/** Paints matches with the CSS Custom Highlight API, without changing the DOM. */

/** More than these at once are not painted: far more than fit on any screen, and it keeps scrolling smooth. */
const maxPainted = 5000;

/** The names in `find.css`. */
const all = 'qiao-find';
const current = 'qiao-find-current';

/** Paints all of `ranges` and, in another colour, the one that the reader is at. */
export function paintMatches(ranges: readonly AbstractRange[], at: AbstractRange | undefined): void {
  if (ranges.length === 0) CSS.highlights.delete(all);
  else CSS.highlights.set(all, new Highlight(...ranges.slice(0, maxPainted)));
  if (!at) return void CSS.highlights.delete(current);
  const highlight = new Highlight(at);
  highlight.priority = 1;
  CSS.highlights.set(current, highlight);
}
