/** Limits depth and number of values of a JSON text before it is parsed. */

export interface JsonLimits {
  /** Nesting of objects and arrays. */
  depth: number;
  /** Total number of members, items and containers. */
  values: number;
}

/**
 * Whether the text exceeds a limit; linear in its length. Scans the text, since a parsed value may take thirty times its
 * memory. The result is undefined for invalid JSON.
 */
export function exceedsLimits(text: string, { depth, values }: JsonLimits): boolean {
  // Each level takes two characters and each value one, so short texts need no scan.
  if (text.length <= 2 * depth && text.length <= values) return false;
  let open = 0;
  let count = 0;
  for (let place = 0; place < text.length; place++) {
    switch (text.charCodeAt(place)) {
      case 0x22: // "
        place = endOfString(text, place);
        break;
      case 0x5b: // [
      case 0x7b: // {
        open++;
        count++;
        if (open > depth) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        open--;
        break;
      case 0x2c: // ,
        count++;
        break;
    }
    if (count > values) return true;
  }
  return false;
}

/** Offset of the closing quotation mark of the string that begins at `start`, or the text's length. */
export function endOfString(text: string, start: number): number {
  for (let end = start; ; ) {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
    let slashes = end;
    while (text.charCodeAt(slashes - 1) === 0x5c) slashes--;
    if ((end - slashes) % 2 === 0) return end;
  }
}
