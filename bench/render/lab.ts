/** Chromium with a page for each run: bundles the subjects, feeds them, and reads what it cost. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/host/launchBrowser.ts';
import { repository } from '../../scripts/host/paths.ts';
import { createAnswer } from './answer.ts';
import type { Run, RunOptions } from './page/renderer.ts';
import { charactersPerFrame, lastFrames } from './plan.ts';
import type { Subject } from './subjects.ts';

export interface Measurement {
  /** Main-thread time of each frame, in milliseconds. */
  frames: number[];
  /** Whether the whole answer was fed, not its last frames alone. */
  whole: boolean;
  /** What the page holds more after the answer is closed than before it, in bytes. */
  heapLeft: number;
}

export interface RunRequest {
  /** In thousands of characters. */
  size: number;
  /** Feed the last frames only, after the rest at once. */
  lastOnly: boolean;
  budgetMs: number;
}

export interface Lab {
  measure(subject: Subject, request: RunRequest): Promise<Measurement>;
  close(): Promise<void>;
}

/** `packages`: where the peers' packages are. The caller closes it. */
export async function openLab(packages: string | undefined): Promise<Lab> {
  // Frames follow each other without waiting for a screen: an answer of minutes is measured in seconds.
  const browser = await launchBrowser(['--disable-frame-rate-limit', '--disable-gpu-vsync']);
  const styles = await readFile(path.join(repository, 'media/panel/markdown.css'), 'utf8');
  return {
    async measure(subject, request) {
      const page = await browser.newPage({ viewport: { width: 400, height: 720 } });
      try {
        await page.setContent(`<!DOCTYPE html><style>${styles}${pageStyle}</style><body></body>`);
        await page.addScriptTag({ content: await bundle(subject, packages) });
        return await measureIn(page, request);
      } finally {
        await page.close();
      }
    },
    close: () => browser.close(),
  };
}

const pageStyle = `
body { margin: 0; font: 13px/1.5 sans-serif; }
.scroller { height: 100vh; overflow-y: auto; }
.plain-group { content-visibility: auto; contain-intrinsic-size: auto 800px; overflow-wrap: anywhere; }`;

async function bundle({ file }: Subject, packages: string | undefined): Promise<string> {
  const from = JSON.stringify(path.join(repository, 'bench/render', file));
  const driver = JSON.stringify(path.join(repository, 'bench/render/page/driver.ts'));
  const { outputFiles } = await build({
    stdin: {
      contents: `import { create } from ${from}; import { run } from ${driver}; window.measure = (options) => run(create, options);`,
      resolveDir: repository,
    },
    bundle: true,
    minify: true,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"' },
    nodePaths: packages ? [packages] : [],
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

async function measureIn(page: Page, { size, lastOnly, budgetMs }: RunRequest): Promise<Measurement> {
  const answer = createAnswer(size * 1000);
  const split = lastOnly ? answer.length - lastFrames * charactersPerFrame : 0;
  const run = (options: Omit<RunOptions, 'charactersPerFrame'>): Promise<Run> =>
    page.evaluate(
      (all) => (window as unknown as { measure(options: RunOptions): Promise<Run> }).measure(all),
      { ...options, charactersPerFrame },
    );
  // Once for the compiler, so that memory is compared between two warm states.
  await run({ prefill: '', text: createAnswer(8000), budgetMs: 3000 });
  const client = await page.context().newCDPSession(page);
  const before = await heap(client);
  const { frames } = await run({ prefill: answer.slice(0, split), text: answer.slice(split), budgetMs });
  const whole = !lastOnly && frames.length * charactersPerFrame >= answer.length;
  // Colouring that was still waiting finds its blocks gone.
  await page.waitForTimeout(300);
  return { frames, whole, heapLeft: (await heap(client)) - before };
}

async function heap(
  client: Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>,
): Promise<number> {
  await client.send('HeapProfiler.enable');
  for (let round = 0; round < 3; round++) await client.send('HeapProfiler.collectGarbage');
  return (await client.send('Runtime.getHeapUsage')).usedSize;
}
