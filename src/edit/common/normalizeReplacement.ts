/** Normalizes the lines of an answer to an edit: removes repeated context, restores indentation and blank edge lines. */

import { diffArrays } from 'diff';
import { convertIndentation, type IndentStyle, leadingSpace, sharedStart } from './indentation.ts';

export interface NormalizeOptions {
  /** The lines to replace, without line ends. */
  old: readonly string[];
  /** The context lines that were sent with them. */
  before: readonly string[];
  after: readonly string[];
  style?: IndentStyle;
  /** Whether the answer is complete. */
  complete: boolean;
}

/** The lines to put in place of `old`. Empty while a streaming answer may still be repeating its context. */
export function normalizeReplacement(answer: readonly string[], options: NormalizeOptions): string[] {
  const own = withoutSurroundings(answer, options);
  if (own.length === 0) return [];
  const converted = options.style ? convertIndentation(own, options.style) : own;
  return withBlankEdges(indentLike(converted, options.old), options);
}

/** Some models repeat the context lines; then only the lines between them are the answer. */
function withoutSurroundings(
  answer: readonly string[],
  { old, before, after, complete }: NormalizeOptions,
): readonly string[] {
  const outside = [...before, ...after].filter(isWritten);
  if (outside.length < 2) return answer;
  if (!complete) return beginsLike(answer, before) ? [] : answer;
  const inAnswer = new Set(answer.map((line) => line.trim()));
  const repeated = outside.filter((line) => inAnswer.has(line.trim())).length;
  const ownLines = new Set(old.map((line) => line.trim()));
  const telling = outside.some((line) => !ownLines.has(line.trim()) && /\w{3}|\p{Script=Han}/u.test(line));
  if (!telling || repeated / outside.length < 0.7) return answer;
  return between(answer, {
    shown: [...before, ...old, ...after],
    from: before.length,
    to: before.length + old.length,
  });
}

/** The lines of the answer that correspond to the shown lines from `from` to `to`. */
function between(
  answer: readonly string[],
  { shown, from, to }: { shown: readonly string[]; from: number; to: number },
): string[] {
  const part: string[] = [];
  let oldIndex = 0;
  let newIndex = 0;
  for (const { added, removed, count } of diffArrays([...shown], [...answer])) {
    if (added) {
      // Lines added at the edge may belong to the replacement.
      if (oldIndex >= from && oldIndex <= to) part.push(...answer.slice(newIndex, newIndex + count));
      newIndex += count;
      continue;
    }
    for (let step = 0; step < count; step++) {
      const inside = oldIndex >= from && oldIndex < to;
      if (!removed) {
        const line = answer[newIndex++];
        if (inside && line !== undefined) part.push(line);
      }
      oldIndex++;
    }
  }
  return part;
}

function beginsLike(answer: readonly string[], before: readonly string[]): boolean {
  const expected = before.filter(isWritten);
  const written = answer.filter(isWritten);
  const count = Math.min(3, expected.length, written.length);
  if (count === 0) return false;
  return expected.slice(0, count).every((line, index) => line.trim() === written[index]?.trim());
}

/** Restores the indentation that the answer dropped; otherwise returns the lines unchanged. */
function indentLike(lines: readonly string[], old: readonly string[]): string[] {
  const wanted = commonSpace(old.some(isWritten) ? old.filter(isWritten) : old);
  const [first = '', ...rest] = lines.filter(isWritten);
  const space = leadingSpace(first);
  if (space.startsWith(wanted) || !wanted.startsWith(space)) return [...lines];
  const [, ...oldRest] = old.filter(isWritten);
  const restSpace = commonSpace(rest);
  const onlyFirst = rest.length > 0 && oldRest.length > 0 && restSpace.length >= commonSpace(oldRest).length;
  const common = onlyFirst ? space : commonSpace([first, ...rest]);
  const missing = wanted.slice(common.length);
  const firstIndex = lines.findIndex(isWritten);
  return lines.map((line, index) =>
    !isWritten(line) || (onlyFirst && index !== firstIndex) ? line : missing + line,
  );
}

/** Restores blank lines at the edges, which models rarely repeat. */
function withBlankEdges(lines: readonly string[], { old, complete }: NormalizeOptions): string[] {
  const first = old.findIndex(isWritten);
  if (first === -1) return [...lines];
  const tail = complete ? old.slice(old.findLastIndex(isWritten) + 1) : [];
  return [...old.slice(0, first), ...lines, ...tail];
}

function commonSpace(lines: readonly string[]): string {
  return sharedStart(lines.map(leadingSpace));
}

function isWritten(line: string): boolean {
  return line.trim() !== '';
}
