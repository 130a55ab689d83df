/** Applies the changes between two texts to a later version of the first (a three-way merge). */

import { applyPatch, structuredPatch } from 'diff';

/** `undefined` if the lines around a change differ in `now`. The result has the line ends of `now`. */
export function reapplyChanges(
  { before, after }: { before: string; after: string },
  now: string,
): string | undefined {
  const unix = (text: string): string => text.replaceAll('\r\n', '\n');
  const patch = structuredPatch('', '', unix(before), unix(after), '', '', { context: 2 });
  const result = applyPatch(unix(now), patch);
  if (result === false) return undefined;
  return now.includes('\r\n') ? result.replaceAll('\n', '\r\n') : result;
}
