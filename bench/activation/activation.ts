/** What Qiao costs before anybody uses it: loading, `activate()`, the first panel, and bytes, beside the least there can be. */

import { spawnSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { productBundles } from '../../scripts/build/bundles.ts';
import { repository } from '../../scripts/host/paths.ts';
import { budgets, bytesAtStart, firstQuestion } from '../../scripts/package/budgets.ts';
import { median } from '../decode/measurements.ts';
import { minimumExtensionId } from '../panel/bareExtension.ts';
import { formatTable, type Row } from '../panel/report.ts';
import { fields, openStage, type Stage } from '../panel/stage.ts';
import { readActivations } from './activations.ts';

/** In bytes. The budget that the tests hold is what is reached; this is what it should become. */
const firstUseTarget = 450_000;

/** Prints two tables. Throws when something could not be measured; a missed target is no failure. */
export async function runActivation({ quick }: { quick: boolean }): Promise<void> {
  const made = spawnSync(process.execPath, ['esbuild.js', '--production'], {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (made.status !== 0) throw new Error('The build failed.');
  const stage = await openStage();
  try {
    console.log(`\n${await measureStarts(stage, quick ? 4 : 14)}`);
  } finally {
    await stage.close();
  }
  console.log(`\n${await measureBytes()}`);
}

/** Each window has an extension host of its own, in which nothing is warm. */
async function measureStarts(stage: Stage, windows: number): Promise<string> {
  const load = { qiao: [] as number[], minimum: [] as number[] };
  const activate = { qiao: [] as number[], minimum: [] as number[] };
  const panel = { qiao: [] as number[], bare: [] as number[] };
  for (let round = 0; round < windows; round++) {
    const window = await stage.openWindow();
    // The first view of a window brings the page's own machinery along: each is measured as the first.
    const who = round % 2 === 0 ? 'qiao' : 'bare';
    panel[who].push(await window.timeOpening(who, fields[who]));
    const found = readActivations(await window.startupReport());
    for (const [who, id] of [
      ['qiao', 'qiao.qiao'],
      ['minimum', minimumExtensionId],
    ] as const) {
      const activation = found.get(id);
      if (!activation) throw new Error(`VS Code does not say how long ${id} took.`);
      load[who].push(activation.loadMs);
      activate[who].push(activation.activateMs);
    }
    await window.close();
  }
  const rows: Row[] = [
    { label: 'loading the code', unit: 'ms', own: median(load.qiao), limit: median(load.minimum) },
    {
      label: 'activate()',
      unit: 'ms',
      own: median(activate.qiao),
      limit: median(activate.minimum),
      target: { value: 20 },
    },
    {
      label: 'key → panel ready (beside the bare page)',
      unit: 'ms',
      own: median(panel.qiao),
      limit: median(panel.bare),
      target: { ratio: 1.5 },
    },
  ];
  const title = `Start, median of ${windows} fresh windows`;
  return formatTable(title, 'minimum', rows);
}

async function measureBytes(): Promise<string> {
  const metafiles = await Promise.all(
    productBundles(true).map((options) => build({ ...options, write: false, metafile: true })),
  );
  const start = (...entryPoints: string[]): number => {
    const found = metafiles.find(({ metafile }) =>
      Object.values(metafile.outputs).some((output) => output.entryPoint === entryPoints[0]),
    );
    return found ? bytesAtStart(found.metafile, ...entryPoints) : Number.NaN;
  };
  const row = (label: string, bytes: number, budget?: number): Row => ({
    label,
    unit: 'kB',
    own: bytes / 1000,
    target: budget === undefined ? undefined : { value: budget / 1000 },
  });
  return formatTable('Bundles, minified', '', [
    row('loaded at activation', start('src/extension.ts'), budgets.hostEntry),
    row('code at first use, until the first answer', start(...firstQuestion), firstUseTarget),
    row('loaded by the panel', start('src/chat/webview/panel.ts'), budgets.panel),
    row('all of the extension host', await folderBytes('dist/host')),
    row('all of the webviews', await folderBytes('dist/webview')),
  ]);
}

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(path.join(repository, folder), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(({ parentPath, name }) => stat(path.join(parentPath, name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
