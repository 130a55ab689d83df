/** Exports a comparison as Markdown: each question with a table of metrics and its answers. */

import type { Comparison } from './comparison.ts';
import type { ExportRow } from './exportRows.ts';

/** Words and numbers in the user's language. */
export interface CompareMarkdownWords {
  title: string;
  question(number: number): string;
  /** Headings of the table, the model's first. */
  headings: readonly string[];
  /** The cells below them. */
  cells(row: ExportRow): readonly string[];
  /** Behind the heading of the answer that was marked. */
  best: string;
  /** A note below an answer that is missing or incomplete; empty for others. */
  ending(row: ExportRow): string;
  name(model: string): string;
}

export function exportComparisonMarkdown(
  { questions }: Pick<Comparison, 'questions'>,
  rows: readonly ExportRow[],
  words: CompareMarkdownWords,
): string {
  const byNumber = new Map<number, ExportRow[]>();
  for (const row of rows) byNumber.set(row.number, [...(byNumber.get(row.number) ?? []), row]);
  const parts = questions.flatMap(({ text }, index) => {
    const answers = byNumber.get(index + 1) ?? [];
    return [
      `## ${words.question(index + 1)}`,
      quoted(text),
      tableOf(answers, words),
      ...answers.flatMap((row) => [
        `### ${words.name(row.model)}${row.best ? ` · ${words.best}` : ''}`,
        // Moves the answer's headings below this one.
        (row.answer?.text ?? '').trim().replace(/^(#{1,3})(?=\s)/gm, '###$1'),
        quoted(words.ending(row)),
      ]),
    ];
  });
  return `${[`# ${oneLine(words.title)}`, ...parts].filter((part) => part !== '').join('\n\n')}\n`;
}

function tableOf(rows: readonly ExportRow[], { headings, cells }: CompareMarkdownWords): string {
  const line = (texts: readonly string[]) => `| ${texts.map(escapeCell).join(' | ')} |`;
  return [
    line(headings),
    `|${headings.map(() => ' --- |').join('')}`,
    ...rows.map((row) => line(cells(row))),
  ].join('\n');
}

function escapeCell(text: string): string {
  return oneLine(text).replaceAll('\\', '\\\\').replaceAll('|', '\\|');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function quoted(text: string): string {
  return text.trim() === '' ? '' : text.trim().replace(/^/gm, '> ');
}
