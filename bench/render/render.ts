/** What a streamed answer costs the browser's main thread, beside the limit and beside other renderers. */

import { type Lab, openLab } from './lab.ts';
import { installRenderers } from './peerPackages.ts';
import { charactersPerFrame, choosePlan, lastFrames, type Plan } from './plan.ts';
import { formatTable, judge } from './report.ts';
import { predict, type Result, summarise } from './results.ts';
import { type Subject, subjects } from './subjects.ts';

/** No run of our own takes that long; a run that hangs ends here. */
const ownBudgetMs = 180_000;

/** Prints table and targets. Throws when there is no browser; a missed target is no failure. */
export async function runRender({ quick }: { quick: boolean }): Promise<void> {
  const start = performance.now();
  const plan = choosePlan(quick);
  const packages = await installRenderers().catch((error: unknown) => {
    console.log(`The renderers to compare with could not be installed: ${error}`);
    return undefined;
  });
  const lab = await openLab(packages);
  const results: Result[] = [];
  try {
    for (const size of plan.sizes) {
      results.push(...(await measureOwn(lab, plan, size)));
      for (const subject of packages ? subjects.filter(({ role }) => role === 'peer') : [])
        results.push(await measurePeer(lab, plan, { subject, size, before: results }));
      console.log(`${size} KB measured, ${Math.round((performance.now() - start) / 1000)} s`);
    }
  } finally {
    await lab.close();
  }
  console.log(`\n${formatTable(results)}\n`);
  console.log(
    `${charactersPerFrame} characters a frame. “last frames”: the whole answer would take the peer more than ${plan.peerBudgetMs / 1000} s of main thread, so the last ${lastFrames} frames were measured alone. Only Qiao colours code.\n`,
  );
  console.log('── Targets ──');
  for (const verdict of judge(results)) console.log(verdict);
  console.log(`\n${Math.round((performance.now() - start) / 1000)} s${quick ? ', quick' : ''}`);
}

/** The limit and Qiao in turn, so that a slow minute of the machine hits both. */
async function measureOwn(lab: Lab, { rounds }: Plan, size: number): Promise<Result[]> {
  const own = subjects.filter(({ role }) => role !== 'peer');
  const runs = new Map(own.map((subject) => [subject, [] as Awaited<ReturnType<Lab['measure']>>[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [subject, list] of runs)
      list.push(await lab.measure(subject, { size, lastOnly: false, budgetMs: ownBudgetMs }));
  }
  return [...runs].map(([subject, list]) => summarise(subject, size, list));
}

async function measurePeer(
  lab: Lab,
  { peerBudgetMs }: Plan,
  { subject, size, before }: { subject: Subject; size: number; before: readonly Result[] },
): Promise<Result> {
  const last = before.findLast((result) => result.subject === subject);
  const first = { size, lastOnly: predict(last, size) > peerBudgetMs, budgetMs: peerBudgetMs };
  let run = await lab.measure(subject, first);
  // It took longer than was thought.
  if (!run.whole && !first.lastOnly) run = await lab.measure(subject, { ...first, lastOnly: true });
  return summarise(subject, size, [run]);
}
