/** The panel as people feel it, in a real VS Code: how late, how smooth, and how heavy it is, beside a bare page. */

import { spawnSync } from 'node:child_process';
import { repository } from '../../scripts/host/paths.ts';
import { measureAnswerSizes } from './answerSizes.ts';
import { measureFirstTokens } from './firstToken.ts';
import { measureLongAnswers } from './longAnswer.ts';
import { measureLongConversation } from './longConversation.ts';
import { measureManyConversations } from './manyConversations.ts';
import { measureScrolling } from './scroll.ts';
import { openStage } from './stage.ts';
import { measureTypingWhileStreaming } from './typing.ts';
import { measureWindowToField } from './windowToField.ts';

interface Options {
  readonly quick: boolean;
  /** Names of measurements. */
  readonly parts: readonly string[];
}

/** Each gets a window of its own, so that none finds what another left. */
const measurements = new Map([
  ['windowToField', measureWindowToField],
  ['firstToken', measureFirstTokens],
  ['answerSizes', measureAnswerSizes],
  ['typing', measureTypingWhileStreaming],
  ['scroll', measureScrolling],
  ['longAnswer', measureLongAnswers],
  ['longConversation', measureLongConversation],
  ['manyConversations', measureManyConversations],
]);

/**
 * Prints a table for each of `parts`, or for all when none is named. Throws when a name is unknown or something could
 * not be measured; a missed target is no failure.
 */
export async function runPanel({ quick, parts }: Options): Promise<void> {
  const start = performance.now();
  const chosen = parts.length > 0 ? parts : [...measurements.keys()];
  const unknown = chosen.find((name) => !measurements.has(name));
  if (unknown !== undefined)
    throw new Error(`No part “${unknown}”. There are ${[...measurements.keys()].join(', ')}.`);
  const build = spawnSync(process.execPath, ['esbuild.js', '--production'], {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (build.status !== 0) throw new Error('The build failed.');
  const stage = await openStage();
  try {
    for (const name of chosen) {
      const measure = measurements.get(name);
      if (!measure) continue;
      const window = await stage.openWindow();
      console.log(`\n${await measure(stage, window, quick)}`);
      await window.close();
    }
  } finally {
    await stage.close();
  }
  console.log(`\n${Math.round((performance.now() - start) / 1000)} s${quick ? ', quick' : ''}`);
}
