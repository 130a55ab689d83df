/** Takes characters away from the end of a text in linear time, which `/x+$/` does not: it tries again at each of them. */

/** The text without the run of these characters (UTF-16 units) that it ends with. */
export function trimTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
