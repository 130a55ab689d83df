/** Scrolls a range of text into view, through all scrolling boxes around it. */

import { placeTaken } from '../../../ui/webview/focus.ts';

/** Pixels between the text and the edge of a box, where there is room for it. */
const margin = 48;

/** The range may lie in a part of the page that the browser has not laid out yet. */
export function revealRange(range: Range): void {
  window.dispatchEvent(new Event(placeTaken));
  for (let box = range.startContainer.parentElement; box; box = box.parentElement) {
    const scrollsDown = box.scrollHeight > box.clientHeight && scrolls(box, 'overflowY');
    const scrollsAcross = box.scrollWidth > box.clientWidth && scrolls(box, 'overflowX');
    if (!scrollsDown && !scrollsAcross) continue;
    const text = range.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    if (scrollsDown) box.scrollTop += distance(text.top, text.bottom, frame.top, frame.bottom);
    if (scrollsAcross) box.scrollLeft += distance(text.left, text.right, frame.left, frame.right);
  }
}

/** A range that can be measured; `undefined` when the text has changed and no longer reaches that far. */
export function toLiveRange(found: AbstractRange): Range | undefined {
  const { startContainer, startOffset, endContainer, endOffset } = found;
  if (!startContainer.isConnected || !endContainer.isConnected) return undefined;
  if (startOffset > lengthOf(startContainer) || endOffset > lengthOf(endContainer)) return undefined;
  const range = new Range();
  range.setStart(startContainer, startOffset);
  range.setEnd(endContainer, endOffset);
  return range;
}

/** How far to scroll: not at all when the text is well in sight, else until it stands in the middle. */
function distance(start: number, end: number, frameStart: number, frameEnd: number): number {
  const room = Math.min(margin, (frameEnd - frameStart) / 4);
  if (start >= frameStart + room && end <= frameEnd - room) return 0;
  return (start + end) / 2 - (frameStart + frameEnd) / 2;
}

function lengthOf(node: Node): number {
  return node instanceof Text ? node.length : node.childNodes.length;
}

function scrolls(box: Element, direction: 'overflowX' | 'overflowY'): boolean {
  return /auto|scroll/.test(getComputedStyle(box)[direction]);
}
