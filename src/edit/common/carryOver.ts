/** Makes the changes between two texts in a third one, which is a later version of the first. */

import { applyPatch, structuredPatch } from 'diff';

/** `undefined`: the lines around a change are not the same any more. Line ends are those of `now`. */
export function carryOver(
  { before, after }: { before: string; after: string },
  now: string,
): string | undefined {
  const unix = (text: string): string => text.replaceAll('\r\n', '\n');
  const patch = structuredPatch('', '', unix(before), unix(after), '', '', { context: 2 });
  const result = applyPatch(unix(now), patch);
  if (result === false) return undefined;
  return now.includes('\r\n') ? result.replaceAll('\n', '\r\n') : result;
}
