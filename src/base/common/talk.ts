/** Tells what a model says from what it was asked to write. */

/** A line of talk: words and the marks of a sentence, and nothing that only code has. */
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

/** Some models write their reasoning into the answer. */
export function withoutThoughts(text: string): string {
  const [start] = /^\s*<think>/.exec(text) ?? [];
  if (start === undefined) return text;
  const end = text.indexOf('</think>');
  return end === -1 ? '' : text.slice(end + '</think>'.length);
}

/** Without blank lines at both ends. */
export function trimBlank(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => line.trim() !== '') + 1);
}
