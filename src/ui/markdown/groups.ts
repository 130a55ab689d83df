/** Puts the blocks of long answers into groups that the browser can skip; the first blocks stay in the target itself. */

import type { MarkdownNode } from './nodes.ts';
import { type Painter, patchChildren } from './patch.ts';

/** Blocks per group: layout takes time for the visible groups alone. */
const groupSize = 32;

export interface BlockGroups {
  /** Patches the first open blocks from `before` to `after`. */
  patch(before: readonly MarkdownNode[], after: readonly MarkdownNode[]): void;
  /** The open block at `index`. */
  at(index: number): Element | undefined;
  /** Marks the first `count` open blocks as finished, and returns them. */
  freeze(count: number): Element[];
}

export function createBlockGroups(target: Element, painter: Painter): BlockGroups {
  /** Where blocks are added now: the target, later its last group. */
  let group: Element = target;
  /** Finished blocks in it. */
  let frozen = 0;
  skipGroupsOutOfSight(painter.document);

  function startGroup(): Element {
    group = painter.document.createElement('div');
    group.className = 'markdown-group';
    target.append(group);
    return group;
  }

  /** Full groups keep exactly `groupSize` finished blocks; what comes after moves on, once. */
  function spill(from: Element): void {
    const rest = Array.from(from.children).slice(groupSize);
    if (frozen < groupSize || rest.length === 0) return;
    const finished = rest.slice(0, frozen - groupSize);
    let last = from;
    for (let start = 0; start < finished.length; start += groupSize) {
      const part = finished.slice(start, start + groupSize);
      last = startGroup();
      last.append(...part);
      frozen = part.length;
    }
    const open = rest.slice(finished.length);
    if (open.length === 0) return;
    if (frozen >= groupSize) {
      last = startGroup();
      frozen = 0;
    }
    last.append(...open);
  }

  return {
    patch(before, after) {
      if (before.length === 0 && after.length === 0) return;
      let parent = group;
      if (frozen >= groupSize && before.length === 0) {
        parent = startGroup();
        frozen = 0;
      }
      patchChildren(parent, frozen, { before, after }, painter);
      if (parent === target || parent.childElementCount > 0) return;
      parent.remove();
      const last = target.children[groupSize];
      group = last ? (target.lastElementChild ?? target) : target;
      frozen = group.childElementCount;
    },
    at: (index) => group.children[frozen + index],
    freeze(count) {
      const blocks = Array.from(group.children).slice(frozen, frozen + count);
      frozen += count;
      spill(group);
      return blocks;
    },
  };
}

const styled = new WeakSet<Document>();

/** Adds the one style rule that the speed depends on, also outside the panel's style sheets. */
function skipGroupsOutOfSight(document: Document): void {
  if (styled.has(document) || !document.defaultView || !('adoptedStyleSheets' in document)) return;
  styled.add(document);
  const sheet = new document.defaultView.CSSStyleSheet();
  sheet.replaceSync('.markdown-group { content-visibility: auto; contain-intrinsic-size: auto 800px; }');
  document.adoptedStyleSheets.push(sheet);
}
