/** Cuts a text into pieces of about the size in which models stream. */

/** Joined again, the pieces are the text. No character is cut in two. */
export function splitText(text: string): string[] {
  return text.match(piece) ?? [];
}

/** A few Han characters, or the rest of a word with the blanks behind it, or blanks. */
const piece = /\p{Script=Han}{1,3}|[^\s\p{Script=Han}]{1,10}[ \t]?|\s{1,8}/gu;
