/** Cuts out of a long text what stands around a place, as one line. */

/** UTF-16 units. */
export interface Place {
  start: number;
  end: number;
}

const before = 24;
const after = 96;

/** The text around `place` with blanks put together, and where the place is in it. */
export function snippet(text: string, { start, end }: Place): { text: string; start: number; end: number } {
  const from = wholeCharacter(text, Math.max(0, start - before));
  const to = wholeCharacter(text, Math.min(text.length, end + after));
  const head = (from > 0 ? '…' : '') + oneLine(text.slice(from, start)).trimStart();
  const found = oneLine(text.slice(start, end));
  const tail = oneLine(text.slice(end, to)).trimEnd() + (to < text.length ? '…' : '');
  return { text: head + found + tail, start: head.length, end: head.length + found.length };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Not between the two halves of a character outside the basic plane. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}
