/** Messages from the host to the diagram page; the other direction is in `diagramMessageSchema.ts`. */

/** Mermaid takes no longer source, in UTF-16 units (its `maxTextSize`). */
export const longestDiagram = 50_000;

export type DiagramMessage =
  /** Draw this Mermaid source within `limit` milliseconds, then answer `done` with the same id. */
  | { type: 'diagram'; id: number; source: string; limit: number }
  /** Drawing this source was stopped, since the page did not answer: show it, and offer to try again. */
  | { type: 'diagram-stopped'; source: string };
