/** Runs one comparison: keeps its data and running answers, and writes its file. */

import { createDeltaBatcher, type DeltaBatcher } from '../../chat/host/deltaBatcher.ts';
import type { AnswerStreamPart } from '../../llm/answerParts.ts';
import type { RetryWait } from '../../providers/connection.ts';
import {
  answerOf,
  type Cell,
  type ComparedAnswer,
  type Comparison,
  cellKey,
  columnsFor,
  pendingCells,
} from '../common/comparison.ts';
import {
  applyComparisonEvent,
  type ComparisonEvent,
  type ComparisonHeader,
  createComparison,
} from '../common/comparisonLog.ts';
import { askCell, type CellRequest } from './askCell.ts';
import { type CompareRun, runCells } from './compareRunner.ts';
import type { ComparisonFile, ComparisonFiles } from './comparisonFiles.ts';

/** An answer in progress. */
export interface RunningAnswer {
  text: string;
  reasoning: string;
  /** Set with the first part. */
  firstTokenMs?: number;
  wait?: RetryWait;
}

/** Receives the changes of a comparison, for the tab that shows it. */
export interface CompareListener {
  /** A run begins or ends. */
  onRun(): void;
  /** The cell begins, waits for a retry, is answered, or is queued again. */
  onCell(cell: Cell): void;
  onDelta(cell: Cell, delta: { text: string; reasoning: string }): void;
  /** The columns have changed, or one is blocked. */
  onColumns(): void;
}

export interface CompareSessionOptions extends Pick<CellRequest, 'open'>, Pick<CompareRun, 'connectionOf'> {
  files: ComparisonFiles;
  /** Read when a run begins. */
  pace(): Pick<CompareRun, 'concurrency' | 'requestsPerMinute'>;
  now(): number;
}

export class CompareSession {
  readonly comparison: Comparison;
  /** Set by the tab that shows the comparison. */
  listener: CompareListener | undefined;
  readonly #options: CompareSessionOptions;
  readonly #file: ComparisonFile;
  /** Written with the first run: a comparison without a run leaves no file. */
  #header: ComparisonHeader | undefined;
  readonly #running = new Map<string, RunningAnswer>();
  readonly #blocked = new Map<string, ComparedAnswer>();
  #run: { controller: AbortController; settled: Promise<void> } | undefined;
  #closing = false;

  /** A comparison of a file, or a new one that gets its file with the first run. */
  constructor(from: Comparison | ComparisonHeader, options: CompareSessionOptions) {
    this.#options = options;
    if ('type' in from) {
      this.#header = from;
      this.comparison = createComparison(from);
    } else {
      this.comparison = from;
      this.comparison.running = false;
    }
    this.#file = options.files.open(this.comparison.id);
  }

  get busy(): boolean {
    return this.#run !== undefined;
  }

  runningAnswer({ question, column }: Cell): RunningAnswer | undefined {
    return this.#running.get(cellKey(question.id, column.id));
  }

  /** The answer that blocked the rest of the column. */
  blockOf(columnId: string): ComparedAnswer | undefined {
    return this.#blocked.get(columnId);
  }

  find(questionId: string, columnId: string): Cell | undefined {
    const question = this.comparison.questions.find(({ id }) => id === questionId);
    const column = this.comparison.columns.find(({ id }) => id === columnId);
    return question && column && { question, column };
  }

  /** Gives a new comparison its file before anything is asked. */
  save(): void {
    const header = this.#header;
    if (!header) return;
    this.#header = undefined;
    void this.#file.append(header);
    void this.#file.append({ type: 'columns', columns: this.comparison.columns });
  }

  /** Sets the models, from left to right; models that stay keep their answers. Ignored during a run. */
  setModels(models: readonly string[]): void {
    if (this.busy) return;
    const newestFirst = [...this.comparison.knownColumns.values()].reverse();
    this.#record({ type: 'columns', columns: columnsFor(models, newestFirst) });
    this.#blocked.clear();
    this.listener?.onColumns();
  }

  /** Asks cells without an answer; `failed`: also failed ones. Settles when the run is over. */
  start({ failed = false } = {}): Promise<void> {
    return this.#begin(pendingCells(this.comparison, { failed }));
  }

  /** Asks again and replaces the answer. */
  retry(cell: Cell): Promise<void> {
    return this.#begin([cell]);
  }

  /** Ends the run at once and keeps partial answers. */
  async stop(): Promise<void> {
    this.#run?.controller.abort();
    await this.#run?.settled;
  }

  markBest(questionId: string, columnId: string | undefined): void {
    this.#record({ type: 'best', questionId, columnId });
  }

  /** Ends the run without saving partial answers: they are asked again when the run continues. */
  async dispose(): Promise<void> {
    this.#closing = true;
    this.listener = undefined;
    await this.stop();
  }

  #begin(cells: readonly Cell[]): Promise<void> {
    if (this.#run || cells.length === 0) return Promise.resolve();
    const controller = new AbortController();
    const run = { controller, settled: Promise.resolve() };
    this.#run = run;
    this.#blocked.clear();
    run.settled = this.#ask(cells, controller.signal);
    return run.settled;
  }

  async #ask(cells: readonly Cell[], signal: AbortSignal): Promise<void> {
    const { connectionOf, pace, now } = this.#options;
    const single = this.comparison.questions.length === 1;
    this.save();
    await this.#record({ type: 'run', at: now() });
    this.listener?.onRun();
    await runCells({
      cells,
      connectionOf,
      // One question goes to all of its models at once.
      ...(single ? { concurrency: cells.length } : pace()),
      patient: !single,
      signal,
      ask: (cell, pause) => this.#askCell(cell, { signal, pause }),
      onAnswer: (cell, answer) => this.#keep(cell, answer),
      onReturn: (cell) => this.listener?.onCell(cell),
      onBlock: (columnId, answer) => {
        if (single) return;
        this.#blocked.set(columnId, answer);
        this.listener?.onColumns();
      },
    });
    if (!this.#closing) await this.#record({ type: 'end', at: now() });
    this.#run = undefined;
    this.listener?.onRun();
  }

  async #askCell(cell: Cell, { signal, pause }: { signal: AbortSignal; pause(ms: number): void }) {
    const key = cellKey(cell.question.id, cell.column.id);
    const running: RunningAnswer = { text: '', reasoning: '' };
    this.#running.set(key, running);
    this.listener?.onCell(cell);
    const batcher = this.#batch(cell, running);
    const outcome = await askCell({
      cell,
      setup: this.comparison,
      open: this.#options.open,
      signal,
      onPart(part, firstTokenMs) {
        running.firstTokenMs = firstTokenMs;
        batcher.push(part);
      },
      onWait: (wait) => {
        if (wait.failure.kind === 'rate-limited') pause(wait.delayMs);
        running.wait = wait;
        this.listener?.onCell(cell);
      },
    });
    batcher.flush();
    this.#running.delete(key);
    return outcome;
  }

  #batch(
    cell: Cell,
    running: RunningAnswer,
  ): Pick<DeltaBatcher, 'flush'> & { push(part: AnswerStreamPart): void } {
    return createDeltaBatcher(({ text, reasoning, replaced }) => {
      const first = running.text === '' && running.reasoning === '';
      running.wait = undefined;
      running.text = replaced ? text : running.text + text;
      running.reasoning += reasoning;
      if (first || replaced) this.listener?.onCell(cell);
      else this.listener?.onDelta(cell, { text, reasoning });
    });
  }

  /** A stopped answer never replaces a finished one. */
  async #keep(cell: Cell, answer: ComparedAnswer): Promise<void> {
    const { question, column } = cell;
    const replaces = answerOf(this.comparison, cell)?.status === 'done';
    if (answer.status === 'stopped' && (this.#closing || replaces)) {
      this.listener?.onCell(cell);
      return;
    }
    const kept = this.#record({ type: 'answer', questionId: question.id, columnId: column.id, answer });
    this.listener?.onCell(cell);
    await kept;
  }

  /** Applies the event, and appends it to the file once there is one. */
  #record(event: ComparisonEvent): Promise<void> {
    applyComparisonEvent(this.comparison, event);
    return this.#header ? Promise.resolve() : this.#file.append(event);
  }
}
