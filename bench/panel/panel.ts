/** The panel as people feel it, in a real VS Code: how late, how smooth, and how heavy it is, beside a bare page. */

import { spawnSync } from 'node:child_process';
import { repository } from '../../scripts/host/paths.ts';
import { measureFirstTokens } from './firstToken.ts';
import { measureLongAnswers } from './longAnswer.ts';
import { measureLongConversation } from './longConversation.ts';
import { measureManyConversations } from './manyConversations.ts';
import { openStage } from './stage.ts';

/** Each in a window of its own, so that none finds what another left. */
const parts = [measureFirstTokens, measureLongAnswers, measureLongConversation, measureManyConversations];

/** Prints a table for each part. Throws when something could not be measured; a missed target is no failure. */
export async function runPanel({ quick }: { quick: boolean }): Promise<void> {
  const start = performance.now();
  const build = spawnSync(process.execPath, ['esbuild.js', '--production'], {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (build.status !== 0) throw new Error('The build failed.');
  const stage = await openStage();
  try {
    for (const measure of parts) {
      const window = await stage.openWindow();
      console.log(`\n${await measure(stage, window, quick)}`);
      await window.close();
    }
  } finally {
    await stage.close();
  }
  console.log(`\n${Math.round((performance.now() - start) / 1000)} s${quick ? ', quick' : ''}`);
}
