/** Processes the text of a diff: lists its files, and shortens it. */

import { isGenerated } from './generatedFiles.ts';

/**
 * Paths in a diff of Git, relative to the repository; both names of a renamed file. Depending on its settings, Git writes
 * other prefixes (`diff.mnemonicPrefix`) or none (`diff.noprefix`).
 */
export function filesOfDiff(diff: string): string[] {
  const files = new Set<string>();
  let prefixed = true;
  let inHead = true;
  for (const line of diff.split('\n')) {
    const header = /^diff --git (.{1,8500})$/.exec(line)?.[1];
    if (header !== undefined) prefixed = !isTwice(header);
    // After it, a removed line can look like a file name.
    if (line.startsWith('@@')) inHead = false;
    else if (line.startsWith('diff --')) inHead = true;
    if (!inHead) continue;
    const path = /^(?:---|\+\+\+) (.{1,4200}?)\t?$/.exec(line)?.[1];
    if (path !== undefined && path !== '/dev/null') files.add(pathFrom(path, prefixed));
    const renamed = /^rename (?:from|to) (.{1,4200})$/.exec(line)?.[1];
    if (renamed !== undefined) files.add(pathFrom(renamed, false));
    // For binary files, empty files and mode changes, only the header names the file.
    const same = header === undefined ? undefined : sameIn(header, prefixed);
    if (same !== undefined) files.add(same);
  }
  return [...files];
}

/**
 * Shortens a diff so that each file keeps a share of the room. `room`: in characters, without the notes about what was
 * cut. Returns a diff that fits unchanged.
 */
export function cutDiff(diff: string, room: number): string {
  if (diff.length <= room) return diff;
  const files = diff.split(/^(?=diff --git )/m);
  const shown = files.slice(0, Math.max(1, Math.floor(room / leastShare)));
  const share = fairShare(
    shown.map(({ length }) => length),
    room,
  );
  const text = shown.map((file) => (file.length <= share ? file : cutLines(file, share))).join('');
  return withLeftOut(
    text,
    files.slice(shown.length).flatMap((file) => filesOfDiff(file).slice(-1)),
  );
}

/**
 * Replaces the lines of generated files by a note, unless all files are generated. Notes are in English, for the model.
 */
export function nameGenerated(diff: string): string {
  const files = diff.split(/^(?=diff --git )/m);
  const isWritten = (file: string): boolean => filesOfDiff(file).slice(-1).some(isGenerated);
  if (files.every((file) => file.trim() === '' || isWritten(file))) return diff;
  return files.map((file) => (isWritten(file) ? withoutHunks(file) : file)).join('');
}

/** Up to so many changed lines are kept. */
const fewLines = 10;

function withoutHunks(file: string): string {
  const start = file.search(/^@@/m);
  const head = start === -1 ? file : file.slice(0, start);
  const lines = file
    .slice(head.length)
    .split('\n')
    .filter((line) => /^[-+]/.test(line)).length;
  return lines <= fewLines
    ? file
    : `${head}[${lines.toLocaleString('en')} lines changed in this generated file]\n`;
}

/** Adds a note for the model that names the files left out. */
export function withLeftOut(diff: string, names: readonly string[]): string {
  if (names.length === 0) return diff;
  const named = names.slice(0, mostNamed).join(', ');
  const more = names.length > mostNamed ? `, and ${names.length - mostNamed} more` : '';
  return `${diff}${diff.endsWith('\n') ? '' : '\n'}[The diff is too long. Left out: ${named}${more}]\n`;
}

/** In characters; with less, not even a file's name would be left. */
const leastShare = 250;
const mostNamed = 50;

/** The largest length for each such that the sum fits. */
function fairShare(lengths: readonly number[], room: number): number {
  let left = room;
  const sorted = lengths.toSorted((one, other) => one - other);
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (length > share) return share;
    left -= length;
  }
  return room;
}

function cutLines(file: string, room: number): string {
  const end = file.lastIndexOf('\n', room);
  const kept = end === -1 ? '' : file.slice(0, end + 1);
  const lines = file.slice(kept.length).split('\n').filter(Boolean).length;
  return `${kept}[${lines} more lines were cut here]\n`;
}

/** Whether both paths of a header are equal, so that they have no prefixes. */
function isTwice(header: string): boolean {
  const middle = (header.length - 1) / 2;
  return header[middle] === ' ' && header.slice(0, middle) === header.slice(middle + 1);
}

/** The path of a header that names one file twice; both halves then have the same length. */
function sameIn(header: string, prefixed: boolean): string | undefined {
  const middle = (header.length - 1) / 2;
  if (header[middle] !== ' ') return undefined;
  const [from, to] = [header.slice(0, middle), header.slice(middle + 1)].map((path) =>
    pathFrom(path, prefixed),
  );
  return from === to ? from : undefined;
}

/** Decodes a path of the diff, which may be quoted and have a prefix such as `a/`. */
function pathFrom(written: string, prefixed: boolean): string {
  const quoted = /^"(.*)"$/.exec(written)?.[1];
  const path = prefixed ? (quoted ?? written).replace(/^[a-z]\//, '') : (quoted ?? written);
  return quoted === undefined ? path : unescapePath(path);
}

/** By default Git writes non-ASCII bytes as octal numbers (`core.quotePath`). */
function unescapePath(path: string): string {
  return path
    .replace(/(?:\\[0-3][0-7]{2})+/g, (bytes) => {
      const values = bytes.slice(1).split('\\');
      return new TextDecoder().decode(Uint8Array.from(values, (octal) => Number.parseInt(octal, 8)));
    })
    .replace(/\\(["\\])/g, '$1');
}
