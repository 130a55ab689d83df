/** What the host and the page of diagrams say to each other. */

/** Mermaid takes no longer source, in UTF-16 units (its `maxTextSize`). */
export const longestDiagram = 50_000;

export type DiagramMessage =
  /** Draw this Mermaid source within `limit` milliseconds, then answer `done` with the same id. */
  | { type: 'diagram'; id: number; source: string; limit: number }
  /** Drawing this source was stopped, since the page did not answer: show it, and offer to try again. */
  | { type: 'diagram-stopped'; source: string };

export type DiagramReply =
  /** The page stands, or its colours have changed: it asks what to show. It draws nothing unasked. */
  | { type: 'ready' }
  /** The page shows the drawing, what is wrong with its source, or that drawing it was stopped. */
  | { type: 'done'; id: number }
  | { type: 'again' };
