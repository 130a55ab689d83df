/** An answer of many small pieces, as fast as it can be read and at a steady pace: time, work, messages, smoothness. */

import { median } from '../decode/measurements.ts';
import { type Plan, pieceLength } from './exchanges.ts';
import { openViews } from './firstToken.ts';
import { watchLongTasks } from './longTasks.ts';
import { readArrivals } from './probe.ts';
import { ask, endOf, nextMarker, type View } from './question.ts';
import { formatTable, type Row } from './report.ts';
import type { Stage, VscodeWindow } from './stage.ts';

/** More deltas a second than a screen has frames. */
const pace = 1000;
/** One message a frame, and the first one beside. */
const mostMessagesPerSecond = 63;

/** Two tables: at full speed, and paced. */
export async function measureLongAnswers(
  stage: Stage,
  window: VscodeWindow,
  quick: boolean,
): Promise<string> {
  const pieces = quick ? 4000 : 20_000;
  const tables: string[] = [];
  for (const pauseMs of [0, 1000 / pace]) {
    const [qiao, bare] = await openViews(window);
    await window.press('newChat');
    const plan = { pieces, pauseMs, thinkMs: 20 };
    const own = await measureAnswer(stage, window, { ...qiao, plan });
    const limit = await measureAnswer(stage, window, { ...bare, plan });
    const how = pauseMs === 0 ? 'as fast as read' : `${pace.toLocaleString('en')} a second`;
    const title = `An answer of ${pieces.toLocaleString('en')} deltas, ${how}`;
    tables.push(formatTable(title, 'bare page', toRows(own, limit, pauseMs > 0)));
  }
  return tables.join('\n\n');
}

export interface LongAnswer {
  /** From the first byte written to the last character painted. */
  readonly totalMs: number;
  readonly hostCpuMs: number;
  /** Of workbench and views together: they share a thread. */
  readonly mainThreadMs: number;
  /** The part of it that ran JavaScript: without style, layout and paint. */
  readonly scriptMs: number;
  readonly longestTaskMs: number;
  readonly messages: number;
  readonly messagesPerSecond: number;
  /** From writing a piece to the frame that shows it; of each message its last piece. */
  readonly latencies: readonly number[];
}

/** Asks in the view, and watches until the answer is painted whole. */
export async function measureAnswer(
  stage: Stage,
  window: VscodeWindow,
  { plan, ...view }: View & { plan: Omit<Plan, 'marker'> },
): Promise<LongAnswer> {
  const units = plan.pieceLength ?? pieceLength;
  const before = await takeStock(window);
  const longestTask = await watchLongTasks(window.page);
  await ask(stage, window, { ...view, plan: { ...plan, marker: nextMarker() } });
  const arrivals = await readArrivals(view.frame, plan.pieces * units);
  const { writtenAt } = await stage.times();
  await endOf(view);
  const longestTaskMs = await longestTask();
  const after = await takeStock(window);
  const last = arrivals.at(-1)?.paintedAt ?? Number.NaN;
  const totalMs = last - (writtenAt[0] ?? Number.NaN);
  return {
    totalMs,
    hostCpuMs: after.hostCpuMs - before.hostCpuMs,
    mainThreadMs: after.mainThreadMs - before.mainThreadMs,
    scriptMs: after.scriptMs - before.scriptMs,
    longestTaskMs,
    messages: arrivals.length,
    messagesPerSecond: arrivals.length / (totalMs / 1000),
    latencies: arrivals.map(
      ({ received, paintedAt }) => paintedAt - (writtenAt[Math.ceil(received / units) - 1] ?? Number.NaN),
    ),
  };
}

async function takeStock({
  vitals,
  devtools,
}: VscodeWindow): Promise<Pick<LongAnswer, 'hostCpuMs' | 'mainThreadMs' | 'scriptMs'>> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const read = (metric: string): number =>
    (metrics.find(({ name }) => name === metric)?.value ?? Number.NaN) * 1000;
  return {
    hostCpuMs: (await vitals()).cpuMs,
    mainThreadMs: read('TaskDuration'),
    scriptMs: read('ScriptDuration'),
  };
}

function toRows(own: LongAnswer, limit: LongAnswer, paced: boolean): Row[] {
  const row = (label: string, unit: Row['unit'], read: (answer: LongAnswer) => number): Row => ({
    label,
    unit,
    own: read(own),
    limit: read(limit),
  });
  return [
    row('first byte → last character painted', 'ms', ({ totalMs }) => totalMs),
    row('CPU of the extension host', 'ms', ({ hostCpuMs }) => hostCpuMs),
    row('main thread of the page', 'ms', ({ mainThreadMs }) => mainThreadMs),
    { ...row('longest task there', 'ms', ({ longestTaskMs }) => longestTaskMs), target: { value: 50 } },
    row('messages to the view', '', ({ messages }) => messages),
    {
      ...row('messages a second', '/s', ({ messagesPerSecond }) => messagesPerSecond),
      target: { value: mostMessagesPerSecond },
    },
    ...(paced
      ? [
          row('delta: written → painted, median', 'ms', ({ latencies }) => median(latencies)),
          row('delta: written → painted, 95 %', 'ms', ({ latencies }) => percentile(latencies, 0.95)),
          row('delta: written → painted, worst', 'ms', ({ latencies }) => Math.max(...latencies)),
        ]
      : []),
  ];
}

/** `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
