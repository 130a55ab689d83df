/** Keeps the user's selection in an answer while its nodes are replaced. */

import { isElement, isText } from './nodeKinds.ts';

/** One end of a selection: where in the text of a block it is. */
interface Place {
  node: Node;
  offset: number;
  /** Which of the answer's blocks, and its text. */
  block: number;
  text: string;
  /** In UTF-16 units of that text. */
  at: number;
  /** What is selected begins here. */
  isStart: boolean;
}

/**
 * Runs `change`, which may replace what is in `root`, an answer. Costs one look where nothing is selected there, else the
 * length of the blocks in which the selection begins and ends.
 */
export function keepSelection(root: Element, change: () => void): void {
  // The DOM of some tests has no selection.
  const selection: Selection | null = root.ownerDocument.getSelection?.() ?? null;
  const { anchorNode, focusNode } = selection ?? {};
  if (!selection || selection.isCollapsed || !anchorNode || !focusNode) {
    change();
    return;
  }
  const { anchorOffset, focusOffset } = selection;
  const { startContainer, startOffset } = selection.getRangeAt(0);
  const forward = startContainer === anchorNode && startOffset === anchorOffset;
  const anchor = placeOf(root, anchorNode, anchorOffset, forward);
  const focus = placeOf(root, focusNode, focusOffset, !forward);
  change();
  if (!anchor && !focus) return;
  const kept =
    selection.anchorNode === anchorNode &&
    selection.anchorOffset === anchorOffset &&
    selection.focusNode === focusNode &&
    selection.focusOffset === focusOffset;
  if (kept) return;
  const [base, baseOffset] = anchor ? find(root, anchor) : [anchorNode, anchorOffset];
  const [extent, extentOffset] = focus ? find(root, focus) : [focusNode, focusOffset];
  if (base.isConnected && extent.isConnected)
    selection.setBaseAndExtent(base, baseOffset, extent, extentOffset);
}

function placeOf(root: Element, node: Node, offset: number, isStart: boolean): Place | undefined {
  if (!root.contains(node) || node === root) return undefined;
  const all = blocksIn(root);
  const block = all.findIndex((one) => one.contains(node));
  const element = all[block];
  if (!element) return undefined;
  const before = root.ownerDocument.createRange();
  before.setStart(element, 0);
  before.setEnd(node, offset);
  return { node, offset, block, text: element.textContent ?? '', at: before.toString().length, isStart };
}

/** Where the end stands now. A block may have become several. */
function find(
  root: Element,
  { node, offset, block, text, at, isStart }: Place,
): [node: Node, offset: number] {
  const elements = blocksIn(root).slice(block);
  const after = elements.map(({ textContent }) => textContent).join('');
  let left = moved(at, text, after);
  let last: [Node, number] | undefined;
  for (const element of elements) {
    const walker = root.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let next = walker.nextNode(); next; next = walker.nextNode()) {
      if (!isText(next)) continue;
      if (left < next.length || (left === next.length && !isStart)) return [next, left];
      left -= next.length;
      last = [next, next.length];
    }
  }
  return last ?? [node, offset];
}

/** Characters that are the same on both sides tell where a text goes on. */
const anchorLength = 4;
/** Marks of Markdown that go, and their like: no more than this at one place. */
const longestChange = 200;

/** The same place in a text from which little went, and to which little came, here and there. */
function moved(at: number, before: string, after: string): number {
  let [old, now] = [0, 0];
  while (old < at && now < after.length) {
    if (before[old] === after[now]) {
      old++;
      now++;
      continue;
    }
    const change = nextChange(before, old, after, now);
    if (!change) break;
    if (old + change.gone > at) return now;
    old += change.gone;
    now += change.come;
  }
  return Math.min(now + (at - old), after.length);
}

/** How much went, or came, until both go on alike. */
function nextChange(
  before: string,
  old: number,
  after: string,
  now: number,
): { gone: number; come: number } | undefined {
  for (let length = 1; length <= longestChange; length++) {
    const rest = before.slice(old + length, old + length + anchorLength);
    if (rest !== '' && after.startsWith(rest, now)) return { gone: length, come: 0 };
    const added = before.slice(old, old + anchorLength);
    if (after.startsWith(added, now + length)) return { gone: 0, come: length };
  }
  return undefined;
}

/** The blocks of an answer, those in groups too. */
function blocksIn(root: Element): Element[] {
  return Array.from(root.childNodes)
    .filter(isElement)
    .flatMap((child) => (child.className === 'markdown-group' ? Array.from(child.children) : [child]));
}
