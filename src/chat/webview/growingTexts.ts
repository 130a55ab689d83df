/** Texts of an answer that grow: what is new is handed on as it came, and never cut out of the whole. */

/** The texts of an answer as a page holds them. */
export interface GrowingTexts {
  /** Joined only where it is read: adding to it copies nothing. */
  text: string;
  reasoning: string;
  /** What was added since the texts came whole; absent before the first delta. */
  added?: { readonly text: Additions; readonly reasoning: Additions };
}

/** The same answer with more text. */
export function growTexts<Texts extends GrowingTexts>(
  before: Texts,
  { text, reasoning }: Pick<GrowingTexts, 'text' | 'reasoning'>,
): Texts {
  const added = before.added ?? {
    text: Additions.after(before.text.length),
    reasoning: Additions.after(before.reasoning.length),
  };
  return {
    ...before,
    text: before.text + text,
    reasoning: before.reasoning + reasoning,
    added: { text: added.text.add(text), reasoning: added.reasoning.add(reasoning) },
  };
}

/**
 * What was added to a text, piece by piece. Immutable. Adding a piece, and reading the newest ones, takes time in
 * proportion to those alone: cutting them out of the joined text would copy all of it first.
 */
export class Additions {
  /** Oldest first; shared by all values that grew out of one. */
  readonly #pieces: string[];
  /** How many of the pieces belong to this value. */
  readonly #count: number;
  /** Length of the text before the first piece, and with the last one, in UTF-16 units. */
  readonly #start: number;
  readonly #end: number;

  private constructor(pieces: string[], count: number, start: number, end: number) {
    this.#pieces = pieces;
    this.#count = count;
    this.#start = start;
    this.#end = end;
  }

  /** None yet, to a text of so many UTF-16 units. */
  static after(length: number): Additions {
    return new Additions([], 0, length, length);
  }

  add(piece: string): Additions {
    if (piece === '') return this;
    // Another value may have gone on from here with another piece.
    const pieces = this.#pieces.length === this.#count ? this.#pieces : this.#pieces.slice(0, this.#count);
    pieces.push(piece);
    return new Additions(pieces, pieces.length, this.#start, this.#end + piece.length);
  }

  /** The text behind its first `length` UTF-16 units; `undefined` when part of that was there before the first piece. */
  since(length: number): string | undefined {
    if (length < this.#start) return undefined;
    let first = this.#count;
    let from = this.#end;
    while (from > length && first > 0) {
      first -= 1;
      from -= this.#pieces[first]?.length ?? 0;
    }
    return this.#pieces
      .slice(first, this.#count)
      .join('')
      .slice(Math.max(0, length - from));
  }
}
