/** Braces of globs: `{a,b}` stands for one of its alternatives. */

/**
 * The globs without braces that together mean the same. Letters are a brace without its partner, one after `\`, and one in
 * `[…]`. `undefined` when all that has to be written for it is more than `mostCharacters`.
 */
export function expandBraces(glob: string, mostCharacters: number): readonly string[] | undefined {
  const plain = new Set<string>();
  const left = [glob];
  let written = glob.length;
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (written > mostCharacters) return undefined;
    const braces = findInnerBraces(next);
    if (!braces) plain.add(next);
    const [begin = 0, ...ends] = braces ?? [];
    for (const [index, end] of ends.entries()) {
      const alternative = next.slice((ends[index - 1] ?? begin) + 1, end);
      written += begin + alternative.length + next.length - (ends.at(-1) ?? 0);
      if (written > mostCharacters) return undefined;
      left.push(next.slice(0, begin) + alternative + next.slice((ends.at(-1) ?? 0) + 1));
    }
  }
  return [...plain];
}

/** Where the first braces that hold no others begin, where their commas are, and where they end. */
function findInnerBraces(glob: string): number[] | undefined {
  let places: number[] = [];
  const lastBracket = glob.lastIndexOf(']');
  for (let at = 0; at < glob.length; at++) {
    const character = glob.charAt(at);
    if (character === '\\') at++;
    // The first character of a class may be a bracket.
    else if (character === '[' && lastBracket > at + 1) at = glob.indexOf(']', at + 2);
    else if (character === '{') places = [at];
    else if (character === ',' && places.length > 0) places.push(at);
    else if (character === '}' && places.length > 0) return [...places, at];
  }
  return undefined;
}
