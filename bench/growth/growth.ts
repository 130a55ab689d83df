/** How each cost grows with what there is: turns, conversations, names of files, answers at once. 1 is linear, 0 is none. */

import { measureConversations } from './conversations.ts';
import { measureFiles } from './files.ts';
import { formatSeries, type Series } from './series.ts';
import { measureStreams } from './streams.ts';
import { measureTurns } from './turns.ts';

const parts: readonly ((quick: boolean) => Promise<readonly Series[]>)[] = [
  measureTurns,
  measureConversations,
  measureFiles,
  measureStreams,
];

/** Prints a line for each cost. A missed target is no failure. */
export async function runGrowth({ quick }: { quick: boolean }): Promise<void> {
  const start = performance.now();
  for (const measure of parts) for (const series of await measure(quick)) console.log(formatSeries(series));
  console.log(`\n${Math.round((performance.now() - start) / 1000)} s${quick ? ', quick' : ''}`);
}
