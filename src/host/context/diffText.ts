/** The text of a diff: the files in it, and as much of it as a question can carry. */

export interface LimitedDiff {
  text: string;
  /** Files of which nothing, or not everything, is in the text. */
  omitted: readonly string[];
}

/**
 * Paths in a diff as Git writes it, relative to the repository; both names of a file that was renamed. Git's settings
 * may have it write other letters ahead of the paths (`diff.mnemonicPrefix`), or none (`diff.noprefix`).
 */
export function filesOfDiff(diff: string): string[] {
  const files = new Set<string>();
  let prefixed = true;
  let inHead = true;
  for (const line of diff.split('\n')) {
    const header = /^diff --git (.{1,8500})$/.exec(line)?.[1];
    if (header !== undefined) prefixed = !isTwice(header);
    // Below it a line that went can look like the name of a file.
    if (line.startsWith('@@')) inHead = false;
    else if (line.startsWith('diff --')) inHead = true;
    if (!inHead) continue;
    const path = /^(?:---|\+\+\+) (.{1,4200}?)\t?$/.exec(line)?.[1];
    if (path !== undefined && path !== '/dev/null') files.add(pathFrom(path, prefixed));
    const renamed = /^rename (?:from|to) (.{1,4200})$/.exec(line)?.[1];
    if (renamed !== undefined) files.add(pathFrom(renamed, false));
    // Binary, empty and mode changes have no other line.
    const same = header === undefined ? undefined : sameIn(header, prefixed);
    if (same !== undefined) files.add(same);
  }
  return [...files];
}

/** Both paths of a header are one and the same: then there is nothing ahead of them. */
function isTwice(header: string): boolean {
  const middle = (header.length - 1) / 2;
  return header[middle] === ' ' && header.slice(0, middle) === header.slice(middle + 1);
}

/** The path of a header that names one file; both halves of it are then equally long, but for the marks of quotation. */
function sameIn(header: string, prefixed: boolean): string | undefined {
  const middle = (header.length - 1) / 2;
  if (header[middle] !== ' ') return undefined;
  const [from, to] = [header.slice(0, middle), header.slice(middle + 1)].map((path) =>
    pathFrom(path, prefixed),
  );
  return from === to ? from : undefined;
}

/** As it stands in the diff, perhaps in marks of quotation, and with a letter and `/` ahead. */
function pathFrom(written: string, prefixed: boolean): string {
  const quoted = /^"(.*)"$/.exec(written)?.[1];
  const path = prefixed ? (quoted ?? written).replace(/^[a-z]\//, '') : (quoted ?? written);
  return quoted === undefined ? path : unescapePath(path);
}

/** Git writes the bytes of what is not ASCII as octal numbers, unless told otherwise (`core.quotePath`). */
function unescapePath(path: string): string {
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
