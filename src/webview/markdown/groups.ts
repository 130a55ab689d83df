/** The top-level blocks of an answer in the DOM: finished ones in groups the browser can skip, open ones after them. */

import type { MarkdownNode } from './nodes.ts';
import { type Painter, patchChildren } from './patch.ts';

/** Blocks per group: layout of a long answer costs by groups in sight, not by blocks. */
const groupSize = 32;

export interface BlockGroups {
  /** Makes the first open blocks, which show `before`, show `after`. */
  patch(before: readonly MarkdownNode[], after: readonly MarkdownNode[]): void;
  /** The open block at `index`. */
  at(index: number): Element | undefined;
  /** Declares the first `count` open blocks finished, and gives them. */
  freeze(count: number): Element[];
}

export function createBlockGroups(target: Element, painter: Painter): BlockGroups {
  let group: Element | undefined;
  /** Finished blocks in the last group. */
  let frozen = 0;

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
      let parent = group ?? startGroup();
      if (frozen >= groupSize && before.length === 0) {
        parent = startGroup();
        frozen = 0;
      }
      patchChildren(parent, frozen, { before, after }, painter);
      if (parent.childElementCount === 0) {
        parent.remove();
        group = target.lastElementChild ?? undefined;
        frozen = group?.childElementCount ?? 0;
      }
    },
    at: (index) => group?.children[frozen + index],
    freeze(count) {
      if (!group) return [];
      const blocks = Array.from(group.children).slice(frozen, frozen + count);
      frozen += count;
      spill(group);
      return blocks;
    },
  };
}
