/** Runs the cells of a comparison within each connection's concurrency, rate and pauses. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatErrorKind } from '../../llm/chatError.ts';
import type { Cell, ComparedAnswer } from '../common/comparison.ts';
import type { CellOutcome } from './askCell.ts';

export interface CompareRun {
  /** In the order they are asked; each connection has its own pace. */
  cells: readonly Cell[];
  /** The connection that reaches a model. */
  connectionOf(model: string): string;
  /** How many requests a connection takes at once. */
  concurrency: number;
  /** How many requests a connection takes in a minute, spread evenly; unlimited if absent. */
  requestsPerMinute?: number;
  /** Whether cells that hit a rate limit are asked again later. */
  patient: boolean;
  signal: AbortSignal;
  /** Never rejects. Calls `pause` with the milliseconds when the platform limits the rate. */
  ask(cell: Cell, pause: (ms: number) => void): Promise<CellOutcome>;
  /** Called for each answer, stopped ones included; settles when it is saved. */
  onAnswer(cell: Cell, answer: ComparedAnswer): Promise<void>;
  /** The cell is queued again. */
  onReturn(cell: Cell): void;
  /** The rest of the column is skipped, because it would fail in the same way. */
  onBlock(columnId: string, answer: ComparedAnswer): void;
}

/** Errors that every other question of the column would meet, too. */
const lasting: ReadonlySet<ChatErrorKind> = new Set([
  'missing-key',
  'unauthorized',
  'quota',
  'model-not-found',
]);

/** Consecutive failures that block a column. */
const mostFailuresInRow = 5;

/** How often a cell is queued again after rate limits. */
const mostReturns = 5;

/** Milliseconds; the first pause where the platform names none, each further one twice as long. */
const firstPause = 5000;
const longestPause = 60_000;

/** Settles when every cell is answered, blocked or stopped. Never rejects because of an answer. */
export async function runCells(run: CompareRun): Promise<void> {
  const lanes = new Map<string, Cell[]>();
  for (const cell of run.cells) {
    const connection = run.connectionOf(cell.column.model);
    const lane = lanes.get(connection);
    if (lane) lane.push(cell);
    else lanes.set(connection, [cell]);
  }
  await Promise.all([...lanes.values()].map((cells) => runLane(cells, run)));
}

/** Runs the cells of one connection. */
async function runLane(cells: readonly Cell[], run: CompareRun): Promise<void> {
  const { signal } = run;
  let next = 0;
  const returned: Cell[] = [];
  const returns = new Map<Cell, number>();
  const failuresInRow = new Map<string, number>();
  const blocked = new Set<string>();
  const interval = run.requestsPerMinute ? 60_000 / run.requestsPerMinute : 0;
  let nextStart = 0;
  let pausedUntil = 0;

  const pause = (ms: number): void => {
    pausedUntil = Math.max(pausedUntil, performance.now() + ms);
  };
  /** Resolves when a request may start; stopping ends the wait. */
  const waitForTurn = async (): Promise<void> => {
    while (!signal.aborted) {
      const now = performance.now();
      // Another worker may have started, or the pause may have grown.
      const wait = Math.max(nextStart, pausedUntil) - now;
      if (wait <= 0) {
        nextStart = now + interval;
        return;
      }
      await sleep(wait, undefined, { signal }).catch(() => {});
    }
  };
  const take = (): Cell | undefined => {
    for (;;) {
      const cell = returned.shift() ?? cells[next++];
      if (!cell || !blocked.has(cell.column.id)) return cell;
    }
  };
  /** Whether the cell is to be asked again later, because the platform was too busy for it. */
  const putBack = (cell: Cell, { answer, retryAfterMs }: CellOutcome): boolean => {
    const count = returns.get(cell) ?? 0;
    if (answer.error?.kind !== 'rate-limited' || !run.patient || count >= mostReturns) return false;
    if (retryAfterMs !== undefined && retryAfterMs > longestPause) return false;
    returns.set(cell, count + 1);
    pause(retryAfterMs ?? Math.min(longestPause, firstPause * 2 ** count));
    returned.push(cell);
    return true;
  };
  const judge = ({ column }: Cell, answer: ComparedAnswer): void => {
    const failures = answer.status === 'failed' ? (failuresInRow.get(column.id) ?? 0) + 1 : 0;
    failuresInRow.set(column.id, failures);
    const hopeless = answer.error !== undefined && lasting.has(answer.error.kind);
    if ((!hopeless && failures < mostFailuresInRow) || blocked.has(column.id)) return;
    blocked.add(column.id);
    run.onBlock(column.id, answer);
  };
  const work = async (): Promise<void> => {
    for (let cell = take(); cell && !signal.aborted; cell = take()) {
      await waitForTurn();
      if (signal.aborted) return;
      const outcome = await run.ask(cell, pause);
      if (!signal.aborted && putBack(cell, outcome)) {
        run.onReturn(cell);
        continue;
      }
      await run.onAnswer(cell, outcome.answer);
      judge(cell, outcome.answer);
    }
  };
  await Promise.all(Array.from({ length: Math.min(run.concurrency, cells.length) }, work));
}
