/** Trims characters from the end of a text in linear time; `/x+$/` is quadratic. */

/** Removes the trailing run of any of `characters` (UTF-16 units). */
export function trimTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
