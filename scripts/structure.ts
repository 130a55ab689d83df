// Prints how the sources hang together, and fails when a target is missed: `npm run structure [-- --crumbs]`.

import path from 'node:path';
import { CallGraph } from './structure/callGraph.ts';
import { type Followed, follow } from './structure/follow.ts';
import { circlesOf, importersOf, readImportGraph } from './structure/importGraph.ts';
import { deltaToPage, enterToSocket, type Target, targets } from './structure/lifecycle.ts';
import { crumbsOf, linesOf, type Size, sizeOf, styleSize } from './structure/size.ts';

const root = path.join(import.meta.dirname, '..');
const src = path.join(root, 'src');
let missed = false;

const graph = readImportGraph(src);
printImports();
printLifecycle();
printSize();
if (process.argv.includes('--crumbs')) {
  console.log();
  for (const { file, lines, importer } of crumbsOf(graph)) console.log(`  ${file} (${lines}) ← ${importer}`);
}
if (missed) process.exitCode = 1;

function printImports(): void {
  const circles = circlesOf(graph.imports);
  row('Circles of imports', circles.length, 0);
  for (const circle of circles) list([`${circle.length} files: ${circle.join(' ')}`]);
  const importers = [...importersOf(graph.imports)].flatMap(([file, own]) =>
    /(^|\/)app\.ts$/.test(file) ? own : [],
  );
  row('Files that import app.ts', importers.length, 1);
  list(importers);
  const loose = [...graph.texts.keys()].filter((file) => !file.includes('/'));
  row('Loose files in src', loose.length, 3);
  list(loose);
}

function printLifecycle(): void {
  using calls = new CallGraph(path.join(root, 'tsconfig.json'), src);
  printFollowed('Files from Enter to the socket', follow(calls, enterToSocket), targets.enterToSocket);
  printFollowed('Files for a delta on the host', follow(calls, deltaToPage), targets.deltaToPage);
}

function printFollowed(title: string, { files, direct, broken }: Followed, target: Target): void {
  row(title, direct.length, target.direct);
  row('  with those that return before', files.length, target.all);
  list(files.map((file) => (direct.includes(file) ? file : `${file} (returns)`)));
  for (const sentence of broken) {
    console.log(`  ✗ ${sentence}`);
    missed = true;
  }
}

function printSize(): void {
  const isEmulator = (file: string): boolean => file.startsWith('emulator/');
  row('Lines without the emulator', size(sizeOf(graph, (file) => !isEmulator(file))));
  row('Lines of the emulator', size(sizeOf(graph, isEmulator)));
  row('Lines of style sheets', size(styleSize(src)));
  const largest = [...graph.texts].map(([file, text]) => ({ file, lines: linesOf(text) }));
  largest.sort((one, other) => other.lines - one.lines);
  row('Largest files', '');
  list(largest.slice(0, 5).map(({ file, lines }) => `${file} (${lines})`));
  row('Files under 40 lines with one importer', crumbsOf(graph).length);
}

function size({ lines, files }: Size): string {
  return files === 0 ? '0' : `${lines} in ${files} files, ${Math.round(lines / files)} each`;
}

/** `most`: the target. */
function row(title: string, value: number | string, most?: number): void {
  const isMissed = most !== undefined && Number(value) > most;
  missed ||= isMissed;
  const target = most === undefined ? '' : `  ${isMissed ? '✗' : '✓'} at most ${most}`;
  console.log(`${title.padEnd(40)}${value}${target}`);
}

function list(items: readonly string[]): void {
  for (const item of items) console.log(`  ${item}`);
}
