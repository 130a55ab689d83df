/** Types of a question set and of the errors in its file. */

export interface SetQuestion {
  text: string;
  /** Where it begins, counted from 1. */
  line: number;
}

export interface QuestionSet {
  questions: readonly SetQuestion[];
  /** Lines of records without a question. */
  skippedLines: readonly number[];
}

/** Why a file cannot be read; the host explains it in the user's language. */
export type QuestionSetFault =
  | { type: 'empty' }
  /** The text has no question. */
  | { type: 'no-questions' }
  /** `columns`: the names found. */
  | { type: 'no-column'; columns: readonly string[] }
  | { type: 'open-quote'; line: number }
  | { type: 'bad-quote'; line: number }
  /** Usually caused by a comma in an unquoted question. */
  | { type: 'too-many-cells'; line: number; found: number; expected: number }
  | { type: 'bad-csv'; line: number; detail: string }
  | { type: 'too-many'; count: number };

export class QuestionSetError extends Error {
  override readonly name = 'QuestionSetError';
  readonly fault: QuestionSetFault;

  constructor(fault: QuestionSetFault) {
    super(fault.type);
    this.fault = fault;
  }
}
