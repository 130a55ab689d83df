/** The pace at which the questions of a comparison are sent. */

import assert from 'node:assert/strict';
import type { Cell, ComparedAnswer } from '../../../src/compare/common/comparison.ts';
import { runCells } from '../../../src/compare/host/compareRunner.ts';

const answer = { status: 'done', text: 'Yes.', reasoning: '' } as ComparedAnswer;

function cellsOf(model: string, count: number): Cell[] {
  return Array.from({ length: count }, (_, index) => ({
    question: { id: `q${index}`, text: 'Why?', attachments: [], history: [] },
    column: { id: model, model },
  }));
}

interface Start {
  model: string;
  /** Milliseconds after the beginning. */
  at: number;
}

interface RunOptions {
  requestsPerMinute?: number;
  /** Stops when so many have started. */
  stopAfter?: number;
  /** Milliseconds that the platform wants after the first. */
  pauseMs?: number;
}

async function run(
  cells: readonly Cell[],
  { requestsPerMinute, stopAfter, pauseMs }: RunOptions = {},
): Promise<Start[]> {
  const starts: Start[] = [];
  const controller = new AbortController();
  const began = performance.now();
  await runCells({
    cells,
    connectionOf: (model) => model,
    concurrency: 10,
    requestsPerMinute,
    patient: true,
    signal: controller.signal,
    async ask({ column }, pause) {
      if (pauseMs !== undefined && starts.length === 0) pause(pauseMs);
      starts.push({ model: column.model, at: performance.now() - began });
      if (starts.length === stopAfter) controller.abort();
      return { answer };
    },
    onAnswer: async () => {},
    onReturn: () => {},
    onBlock: () => {},
  });
  return starts;
}

describe('the pace of a comparison', () => {
  it('is a connection’s own, however many requests may go at once', async () => {
    const starts = await run([...cellsOf('slow', 4), ...cellsOf('other', 4)], { requestsPerMinute: 1200 });
    for (const model of ['slow', 'other']) {
      const times = starts.filter((start) => start.model === model).map(({ at }) => at);
      assert.equal(times.length, 4);
      // From the beginning on: a timer may be late, the next one is not later for it. And one may be a little early.
      for (const [index, at] of times.entries()) assert.ok(at >= index * 50 - 5, `${index}: ${at} ms`);
    }
    assert.deepEqual(
      starts.slice(0, 2).map(({ model }) => model),
      ['slow', 'other'],
    );
  });

  it('is kept after a pause too: what waited does not start all at once', async () => {
    const starts = await run(cellsOf('a', 5), { requestsPerMinute: 1200, pauseMs: 200 });
    const [, ...others] = starts.map(({ at }) => at);
    assert.equal(others.length, 4);
    for (const [index, at] of others.entries()) assert.ok(at >= 200 + index * 50 - 5, `${index}: ${at} ms`);
  });

  it('is as fast as answers come where nothing is said', async () => {
    const starts = await run(cellsOf('a', 50));
    assert.equal(starts.length, 50);
  });

  it('keeps nobody waiting who stops', async () => {
    const starts = await run(cellsOf('a', 50), { requestsPerMinute: 1, stopAfter: 1 });
    assert.equal(starts.length, 1);
  });
});
