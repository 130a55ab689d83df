/** How soon `#` offers a first file, beside how long it takes to list all. */

import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createFileRanking } from '../../src/context/host/fileRanking.ts';
import { findRipgrep, listWithRipgrep } from '../../src/context/host/ripgrep.ts';
import { makePaths } from './names.ts';

/** Prints the times for a folder of `count` empty files, without what `.gitignore` files cost. */
export async function measureListing(count: number): Promise<void> {
  const [appRoot = ''] = globSync('.vscode-test/vscode-*/node_modules/code-server/lib/vscode').reverse();
  const program = await findRipgrep(path.resolve(appRoot));
  if (!program) {
    console.log('first suggestion: not measured, as no VS Code is here (npm run test:host fetches one)\n');
    return;
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-bench-'));
  try {
    const paths = makePaths(count);
    for (const one of new Set(paths.map((name) => path.dirname(name))))
      await mkdir(path.join(folder, one), { recursive: true });
    for (const one of paths) await writeFile(path.join(folder, one), '');
    const { signal } = new AbortController();
    const ranking = createFileRanking();
    const begin = performance.now();
    let first: number | undefined;
    for await (const listed of listWithRipgrep({
      program,
      folder,
      globs: ['!**/.git/**'],
      follow: true,
      signal,
    })) {
      await ranking.add(listed);
      if (first !== undefined) continue;
      const found = await ranking.search({ query: 'e', limit: 50, boostOf: () => 0, signal });
      if (found.length > 0) first = performance.now() - begin;
    }
    const whole = performance.now() - begin;
    console.log(
      `first suggestion of ${count.toLocaleString('en')} files on disk: after ${Math.round(first ?? whole)} ms, ` +
        `${((100 * (first ?? whole)) / whole).toFixed(0)} % of the ${Math.round(whole)} ms for all ${ranking.size.toLocaleString('en')}\n`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
