/** The text of a diff: the files in it, and as much of it as a question can carry. */

export interface LimitedDiff {
  text: string;
  /** Files of which nothing, or not everything, is in the text. */
  omitted: readonly string[];
}

/** Paths in a diff as Git writes it, relative to the repository; both names of a file that was renamed. */
export function filesOfDiff(diff: string): string[] {
  const files = new Set<string>();
  for (const line of diff.split('\n')) {
    const path = /^(?:--- "?a\/|\+\+\+ "?b\/|rename from "?|rename to "?)(.{1,4096}?)"?\t?$/.exec(line)?.[1];
    // Binary, empty and mode changes have no other line.
    const [, from, to] = /^diff --git "?a\/(.{1,4096})"? "?b\/(.{1,4096}?)"?$/.exec(line) ?? [];
    const same = from !== undefined && from.replace(/"$/, '') === to ? to : undefined;
    for (const found of [path, same]) if (found !== undefined) files.add(unescapePath(found));
  }
  return [...files];
}

/** Git writes the bytes of what is not ASCII as octal numbers, unless told otherwise (`core.quotePath`). */
function unescapePath(path: string): string {
  if (!path.includes('\\')) return path;
  return path
    .replace(/(?:\\[0-3][0-7]{2})+/g, (bytes) => {
      const values = bytes.slice(1).split('\\');
      return new TextDecoder().decode(Uint8Array.from(values, (octal) => Number.parseInt(octal, 8)));
    })
    .replace(/\\(["\\])/g, '$1');
}

/** Whole files as long as they fit into so many characters; one that alone is too large is cut at the end of a line. */
export function limitDiff(diff: string, most: number): LimitedDiff {
  if (diff.length <= most) return { text: diff, omitted: [] };
  const parts = diff.split(/^(?=diff --git )/m);
  const omitted: string[] = [];
  let text = '';
  for (const part of parts) {
    if (text.length + part.length <= most) {
      text += part;
      continue;
    }
    omitted.push(...filesOfDiff(part).slice(-1));
    if (text === '') text = part.slice(0, part.lastIndexOf('\n', most) + 1 || most);
  }
  return { text, omitted };
}
