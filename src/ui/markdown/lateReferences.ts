/** Renders finished pieces again when a later definition resolves their reference links. */

import type { Token } from 'markdown-it';
import { blockNode } from './blockNodes.ts';
import { isElement } from './nodeKinds.ts';
import type { Dialect, MarkdownNode, Reading } from './nodes.ts';
import type { Definition } from './parser.ts';
import { createNode, type Painter } from './patch.ts';

/** A block, an item of a list, or header or row of a table. */
export interface FinishedPiece {
  element: Element;
  tokens: readonly Token[];
  /** Asked late, because a list may become loose after its first items were finished. */
  loose?: () => boolean;
}

export interface LateReferences {
  add(pieces: readonly FinishedPiece[], missing: ReadonlySet<string>): void;
  /** Renders again what mentions a label that is defined by now; gives the new elements. */
  resolve(definitions: ReadonlyMap<string, Definition>, painter: Painter): Element[];
}

export function createLateReferences(dialect: Dialect): LateReferences {
  const waiting: { pieces: readonly FinishedPiece[]; missing: ReadonlySet<string> }[] = [];
  return {
    add(pieces, missing) {
      if (missing.size > 0) waiting.push({ pieces, missing });
    },
    resolve(definitions, painter) {
      const reading: Reading = { ...dialect, lookUp: (label) => definitions.get(label) };
      const late = waiting
        .splice(0)
        .filter(({ missing }) => [...missing].some((label) => definitions.has(label)));
      return late.flatMap(({ pieces }) => pieces.flatMap((piece) => renew(piece, reading, painter)));
    },
  };
}

function renew(piece: FinishedPiece, reading: Reading, painter: Painter): Element[] {
  const node = find(blockNode(piece.tokens, reading, piece.loose?.()), piece.element.tagName.toLowerCase());
  if (!node) return [];
  const made = createNode(node, painter);
  piece.element.replaceWith(made);
  return isElement(made) ? [made] : [];
}

/** The first node with this tag on the way down the first children. */
function find(node: MarkdownNode | undefined, tag: string): MarkdownNode | undefined {
  for (let next = node; next?.type === 'element'; next = next.children[0]) if (next.tag === tag) return next;
  return undefined;
}
