/** Fences around code in Markdown. */

/** As many backticks as none of the runs inside has, and at least three. */
export function fenceFor(code: string): string {
  const longest = (code.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  return '`'.repeat(longest + 1);
}
