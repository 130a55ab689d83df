/** Measures a JSON text before it is parsed: a small file can hold more values, or a deeper tree, than any reader bears. */

export interface JsonLimits {
  /** Of objects and lists within one another. */
  depth: number;
  /** Members, items and containers, in all. */
  values: number;
}

/**
 * Whether the text has more of either; linear in it. Looks at the text alone, since a parsed value may take thirty times
 * its memory. Of what is no JSON it says nothing.
 */
export function exceedsLimits(text: string, { depth, values }: JsonLimits): boolean {
  // Each level has a beginning and an end, each value a character: nearly all texts are shorter.
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

/** Where the string that begins at `start` ends: its closing quotation mark, or the end of the text. */
export function endOfString(text: string, start: number): number {
  for (let end = start; ; ) {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
    let slashes = end;
    while (text.charCodeAt(slashes - 1) === 0x5c) slashes--;
    if ((end - slashes) % 2 === 0) return end;
  }
}
