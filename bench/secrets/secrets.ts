/** How many made-up secrets are found, how many ordinary files are taken for one, and how long a megabyte takes. */

import { findSecret } from '../../src/context/host/findSecret.ts';
import { isSecretName } from '../../src/context/host/secretNames.ts';
import { cpuTimeOf } from '../../test/support/cpuTime.ts';
import { makeSecrets, ordinaryFiles } from '../../test/support/secretCorpus.ts';

/** Of ordinary files, one in so many may be held. */
const targetFiles = 300;
/** Milliseconds of CPU time. */
const targetMegabyte = 50;

/** Reads the sources of this repository and of all packages that it installs. */
export async function runSecrets({ quick }: { quick: boolean }): Promise<void> {
  reportRecall(quick ? 5 : 50);
  const text = reportFiles(quick ? 20 : 1);
  const time = cpuTimeOf(() => findSecret(text), { runs: 5 });
  console.log(`1 MB of what was read: ${time.toFixed(0)} ms of CPU time; at most ${targetMegabyte} wanted`);
}

function reportRecall(seeds: number): void {
  const kinds = makeSecrets(1).length;
  const missed = new Set<string>();
  for (let seed = 1; seed <= seeds; seed++)
    for (const { what, text } of makeSecrets(seed)) if (findSecret(text) !== what) missed.add(what);
  console.log(
    `${kinds} made-up secrets, each with ${seeds} values: ${missed.size} missed ${[...missed].join(', ')}`,
  );
}

/** Gives a megabyte of what it read. */
function reportFiles(every: number): string {
  let files = 0;
  let text = '';
  const held: string[] = [];
  for (const one of ordinaryFiles(['node_modules', 'src', 'docs', 'scripts'], every)) {
    files++;
    if (text.length < 2 ** 20) text += one.text;
    const what = isSecretName(one.file) ? 'its name' : findSecret(one.text);
    if (what !== undefined) held.push(`${one.file}: ${what}`);
  }
  const share = held.length === 0 ? 'none' : `one in ${Math.round(files / held.length)}`;
  console.log(`${files} ordinary files: ${held.length} held, ${share}; at most one in ${targetFiles} wanted`);
  for (const one of held) console.log(`  ${one}`);
  return text.slice(0, 2 ** 20);
}
