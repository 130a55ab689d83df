/** A set of questions out of a file, and what can be wrong with such a file. */

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

/** What is wrong with a file. The host says it in the user's language. */
export type QuestionSetFault =
  | { type: 'empty' }
  /** There is text, but nothing that begins a question. */
  | { type: 'no-questions' }
  /** `columns`: those there are. */
  | { type: 'no-column'; columns: readonly string[] }
  | { type: 'open-quote'; line: number }
  | { type: 'bad-quote'; line: number }
  /** Usually a comma in a question that stands in no quotes. */
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
