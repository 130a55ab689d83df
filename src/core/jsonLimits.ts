/** Measures a JSON text before it is parsed: a small file can hold more values, or a deeper tree, than any reader bears. */

export interface JsonLimits {
  /** Of objects and lists within one another. */
  depth: number;
  /** Members and items, in all. */
  values: number;
}

/** Whether the text has more of either; linear in it. Of what is no JSON it says nothing. */
export function exceedsLimits(text: string, { depth, values }: JsonLimits): boolean {
  let open = 0;
  let count = 0;
  for (let place = 0; place < text.length; place++) {
    switch (text.charCodeAt(place)) {
      case 0x22:
        place = endOfString(text, place);
        break;
      case 0x5b:
      case 0x7b:
        open++;
        count++;
        break;
      case 0x5d:
      case 0x7d:
        open--;
        break;
      case 0x2c:
        count++;
    }
    if (open > depth || count > values) return true;
  }
  return false;
}

/** The place of the closing quotation mark, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
