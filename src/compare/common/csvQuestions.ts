/** Reads questions from the column `question` of a CSV file, one per record. */

import { CsvError, parse } from 'csv-parse/sync';
import { type QuestionSet, QuestionSetError } from './questionSet.ts';

/** Accepted column names in lower case; the first match is used. */
const columnNames = ['question', '问题', 'prompt', '提问', 'questions'];

/** Throws a `QuestionSetError`. */
export function readCsvQuestions(text: string): QuestionSet {
  const records = readRecords(text.replace(/\r\n?/g, '\n'));
  const header = records[0]?.record ?? [];
  const names = header.map((name) => name.trim().toLowerCase());
  const column = columnNames.map((name) => names.indexOf(name)).find((index) => index >= 0);
  if (column === undefined) throw new QuestionSetError({ type: 'no-column', columns: header });
  const questions = [];
  const skippedLines = [];
  for (const { record, line } of records.slice(1)) {
    if (record.length > header.length) {
      const counts = { found: record.length, expected: header.length };
      throw new QuestionSetError({ type: 'too-many-cells', line, ...counts });
    }
    const question = record[column]?.trim() ?? '';
    if (question === '') skippedLines.push(line);
    else questions.push({ text: question, line });
  }
  return { questions, skippedLines };
}

interface CsvRecord {
  record: string[];
  /** Where it begins, counted from 1. */
  line: number;
}

function readRecords(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      // A spreadsheet may pad its cells; a question in quotes may still begin behind a space.
      ltrim: true,
      rtrim: true,
      on_record(record: string[], { lines }) {
        const rows = record.join('\n').split('\n').length - record.length;
        records.push({ record, line: lines - rows });
        line = lines + 1;
        return null;
      },
    });
  } catch (error) {
    throw toFault(error, line);
  }
  return records;
}

/** Spreadsheets write semicolons in many locales, and tabs on the clipboard. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  return [',', ';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

/** `line`: where the record that cannot be read begins. */
function toFault(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new QuestionSetError({ type: 'open-quote', line });
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return new QuestionSetError({ type: 'bad-quote', line });
    default:
      return new QuestionSetError({ type: 'bad-csv', line, detail: error.message });
  }
}
