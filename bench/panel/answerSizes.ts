/** Answers of growing size from the server to the screen: does the work grow faster than the answer? */

import type { AnswerKind } from './exchanges.ts';
import { openViews } from './firstToken.ts';
import { type LongAnswer, measureAnswer } from './longAnswer.ts';
import { formatTable, type Row } from './report.ts';
import type { Stage, VscodeWindow } from './stage.ts';

const pieceLength = 40;
/**
 * Paced, so that the updates of the page are as many times more as the answer is longer. When the thread is never idle,
 * updates merge, and a cost of each that grows with the answer does not show.
 */
const pauseMs = 2;
const kinds: readonly AnswerKind[] = ['mixed', 'paragraph', 'fence'];

/** One table for each kind of answer. KB are thousands of UTF-16 units, 500 deltas a second. */
export async function measureAnswerSizes(
  stage: Stage,
  window: VscodeWindow,
  quick: boolean,
): Promise<string> {
  const [qiao, bare] = await openViews(window);
  const measure = (view: typeof qiao, kind: AnswerKind, size: number): Promise<LongAnswer> =>
    measureAnswer(stage, window, {
      ...view,
      plan: { pieces: (size * 1000) / pieceLength, pieceLength, kind, thinkMs: 20, pauseMs },
    });
  // What the first answer loads and compiles is not part of the growth.
  for (const view of [qiao, bare]) await measure(view, 'mixed', 20);
  const tables: string[] = [];
  for (const kind of quick ? kinds.slice(0, 1) : kinds) {
    const sizes = quick ? [50, 400] : kind === 'mixed' ? [50, 100, 200, 400, 800] : [50, 200, 400];
    const own = new Map<number, LongAnswer>();
    const limit = new Map<number, LongAnswer>();
    const rows: Row[] = [];
    for (const size of sizes) {
      await window.press('newChat');
      const one = await measure(qiao, kind, size);
      const other = await measure(bare, kind, size);
      own.set(size, one);
      limit.set(size, other);
      rows.push(...rowsOf(size, one, other));
    }
    const exponent = (label: string, read: (answer: LongAnswer) => number): Row => ({
      label: `${label}, growth exponent`,
      unit: 'power',
      own: growthExponent([...own].map(([size, answer]) => [size, read(answer)])),
      limit: growthExponent([...limit].map(([size, answer]) => [size, read(answer)])),
      target: { value: 1.1 },
    });
    rows.push(
      exponent('main thread', ({ mainThreadMs }) => mainThreadMs),
      exponent('JavaScript there', ({ scriptMs }) => scriptMs),
      exponent('CPU of the extension host', ({ hostCpuMs }) => hostCpuMs),
    );
    tables.push(formatTable(`An answer of ${sizes.join(', ')} KB, ${kind}`, 'bare page', rows));
  }
  return tables.join('\n\n');
}

function rowsOf(size: number, own: LongAnswer, limit: LongAnswer): Row[] {
  const row = (label: string, read: (answer: LongAnswer) => number, unit: Row['unit'] = 'ms'): Row => ({
    label: `${size} KB: ${label}`,
    unit,
    own: read(own),
    limit: read(limit),
  });
  return [
    row('first byte → last character painted', ({ totalMs }) => totalMs),
    row('messages to the view', ({ messages }) => messages, ''),
    row('main thread of the page', ({ mainThreadMs }) => mainThreadMs),
    row('JavaScript there', ({ scriptMs }) => scriptMs),
    row('CPU of the extension host', ({ hostCpuMs }) => hostCpuMs),
    {
      ...row('longest task of the page', ({ longestTaskMs }) => longestTaskMs),
      target: { value: Math.max(50, 1.2 * limit.longestTaskMs) },
    },
  ];
}

/** The slope of the line that fits the logarithms best: 1 when twice the size costs twice as much. */
function growthExponent(points: readonly (readonly [size: number, cost: number])[]): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  const mean = (index: 0 | 1): number => logs.reduce((sum, log) => sum + log[index], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const shared = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
  return shared / logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
}
