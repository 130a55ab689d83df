/** What it costs to turn bytes from a socket into stream parts, beside the limit and beside other clients. */

import { deliveries } from './deliveries.ts';
import { openLab } from './measureAll.ts';
import { installPeers } from './peerPackages.ts';
import { formatTable } from './report.ts';
import { judge, type Verdict } from './targets.ts';

/** Prints tables and targets. Throws when nothing could be measured; a missed target is no failure. */
export async function runDecode({ quick }: { quick: boolean }): Promise<void> {
  const start = performance.now();
  await installPeers().catch((error: unknown) => {
    console.log(`The clients to compare with could not be installed: ${error}`);
  });
  const lab = await openLab({ quick });
  const verdicts: Verdict[] = [];
  try {
    for (const reason of lab.missing) console.log(`Not measured: ${reason}`);
    for (const delivery of deliveries) {
      const results = await lab.measure(delivery);
      console.log(`\n${formatTable(delivery, results)}`);
      verdicts.push(...judge(delivery, results));
    }
  } finally {
    await lab.close();
  }
  console.log('── Targets ──');
  for (const { passed, text } of verdicts) console.log(`${passed ? '✔' : '✘'} ${text}`);
  console.log(`\n${Math.round((performance.now() - start) / 1000)} s${quick ? ', quick' : ''}`);
}
