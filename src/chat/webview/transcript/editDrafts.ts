/** Keeps unsent edits of questions by turn, so that a reload loses no text. */

export interface EditDrafts {
  get(turnId: string): string | undefined;
  /** `undefined`: the edit is over. */
  set(turnId: string, text: string | undefined): void;
}

/** More open edits than this are not kept; the oldest goes first. */
const limit = 20;

export function createEditDrafts(
  kept: Readonly<Record<string, string>>,
  keep: (edits: Record<string, string>) => void,
): EditDrafts {
  const drafts = new Map(Object.entries(kept));
  return {
    get: (turnId) => drafts.get(turnId),
    set(turnId, text) {
      if (text === undefined) drafts.delete(turnId);
      else drafts.set(turnId, text);
      for (const oldest of [...drafts.keys()].slice(0, Math.max(0, drafts.size - limit)))
        drafts.delete(oldest);
      keep(Object.fromEntries(drafts));
    },
  };
}
