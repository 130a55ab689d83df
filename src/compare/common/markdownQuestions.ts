/** Reads questions from Markdown: second-level headings with their sections, else list items. */

import MarkdownIt, { type Token } from 'markdown-it';
import type { QuestionSet, SetQuestion } from './questionSet.ts';

/** Returns no questions for a text without headings and lists. */
export function readMarkdownQuestions(text: string): QuestionSet {
  const source = withoutFrontMatter(text.replace(/\r\n?/g, '\n'));
  const tokens = new MarkdownIt().parse(source, {});
  const lines = source.split('\n');
  const second = headingsOf(tokens, 'h2');
  const first = headingsOf(tokens, 'h1');
  const headings = second.length > 0 ? second : first.length > 1 ? first : [];
  const found = headings.length > 0 ? readSections(tokens, headings, lines) : readItems(tokens, lines);
  return {
    questions: found.filter((question) => question.text !== ''),
    skippedLines: found.flatMap((question) => (question.text === '' ? [question.line] : [])),
  };
}

interface Heading {
  start: number;
  end: number;
  level: number;
  text: string;
}

/** Headings outside of quotations and lists. */
function headingsOf(tokens: readonly Token[], tag?: string): Heading[] {
  return tokens.flatMap(({ type, tag: found, level, map }, index) => {
    if (type !== 'heading_open' || level > 0 || !map || (tag && found !== tag)) return [];
    const text = tokens[index + 1]?.content.trim() ?? '';
    return [{ start: map[0], end: map[1], level: Number(found.slice(1)), text }];
  });
}

/** A section reaches to the next heading of its own level or above. */
function readSections(
  tokens: readonly Token[],
  headings: readonly Heading[],
  lines: string[],
): SetQuestion[] {
  const all = headingsOf(tokens);
  const places = new Map(all.map(({ start }, index) => [start, index]));
  return headings.map(({ start, end, level, text }) => {
    let index = (places.get(start) ?? 0) + 1;
    while ((all[index]?.level ?? 0) > level) index++;
    const next = all[index];
    const body = lines.slice(end, next?.start).join('\n').trim();
    return { text: [text, body].filter((part) => part !== '').join('\n\n'), line: start + 1 };
  });
}

/** Items of the outermost lists; what is nested in one belongs to its question. */
function readItems(tokens: readonly Token[], lines: readonly string[]): SetQuestion[] {
  return tokens.flatMap(({ type, level, map }) => {
    if (type !== 'list_item_open' || level !== 1 || !map) return [];
    const [first = '', ...rest] = lines.slice(map[0], map[1]);
    const marker = /^\s*(?:[-*+]|\d+[.)])(?:\s+|$)/.exec(first)?.[0] ?? '';
    const indentation = new RegExp(`^\\s{0,${marker.length}}`);
    const text = [first.slice(marker.length), ...rest.map((line) => line.replace(indentation, ''))]
      .join('\n')
      .replace(/^\[[ xX]\]\s+/, '')
      .trim();
    return [{ text, line: map[0] + 1 }];
  });
}

/** Empties the lines of the front matter, so that line numbers stay. */
function withoutFrontMatter(text: string): string {
  const found = /^---\n[\s\S]*?\n(?:---|\.\.\.)\s*(?:\n|$)/.exec(text)?.[0];
  return found === undefined ? text : found.replace(/[^\n]/g, '') + text.slice(found.length);
}
