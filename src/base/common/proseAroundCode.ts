/** Separates prose and reasoning in a model's answer from the text it was asked to write. */

/** Whether a line is prose: words with sentence punctuation, and no syntax that only code has. */
export function isSentence(line: string): boolean {
  const text = line.trim();
  if (/^(?:\/\/|\/\*|\*|#|--|;|%|<!--|"|'|@)/.test(text)) return false;
  if (/[{};=<>[\]|\\]|\w\(|=>|::|^\w+\.\w+$/.test(text.replaceAll(/`[^`]*`/g, ''))) return false;
  const words = text.split(/\s+/).length;
  const chinese = /\p{Script=Han}{2}/u.test(text) && /[。：！？，:]$|，/u.test(text);
  return (
    chinese || /^[A-Z][a-z]+!$/.test(text) || (words >= 3 && /^[A-Z“"']/.test(text) && /[.:!?…]$/.test(text))
  );
}

/** Removes a leading `<think>…</think>`, which some models write into the answer; empty while it is open. */
export function stripThinking(text: string): string {
  const [start] = /^\s*<think>/.exec(text) ?? [];
  if (start === undefined) return text;
  const end = text.indexOf('</think>');
  return end === -1 ? '' : text.slice(end + '</think>'.length);
}

/** Removes blank lines at both ends. */
export function trimBlankLines(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => line.trim() !== '') + 1);
}
