/** Scrolling a conversation of 500 turns from its end to its start and back: the time between two frames. */

import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { openViews } from './firstToken.ts';
import { findConversationFile, writeChatExport, writeConversation } from './historyFiles.ts';
import { percentile } from './longAnswer.ts';
import { measureFirstToken, nextMarker } from './question.ts';
import { formatTable, type Row } from './report.ts';
import type { Stage, VscodeWindow } from './stage.ts';

const turns = 500;
const wheelPixels = 3000;
/** More wheel events than this are not needed for `turns` turns. */
const mostWheels = 1500;

interface Scrolled {
  /** Milliseconds between two frames in which the page was scrolled. */
  readonly frames: readonly number[];
  readonly reached: boolean;
}

/** Something that scrolls. */
interface Scroller {
  /** The page that it is a part of. */
  readonly frame: Frame;
  /** Where the mouse stands, in the window. */
  readonly place: Locator;
  /** What moves its content without a scroll event does so by the style of this. */
  readonly moved?: string;
}

/** A table: the same turns in VS Code's own chat, in the same window, by the same turns of the wheel. */
export async function measureScrolling(stage: Stage, unused: VscodeWindow, quick: boolean): Promise<string> {
  await unused.leave();
  const window = await stage.openWindow({ vscodeChat: true });
  try {
    const seconds = quick ? 20 : 60;
    const qiao = await scrollQiao(stage, window, seconds);
    await window.press('showExplorer');
    const vscode = await scrollVscodeChat(stage, window, seconds);
    const rows = (['back', 'forth'] as const).flatMap((way): Row[] => {
      const [own, limit] = [qiao[way], vscode[way]];
      const counts = `${own.frames.length} and ${limit.frames.length}`;
      const ends = own.reached && limit.reached ? '' : ` (reached: ${own.reached}, ${limit.reached})`;
      const name = `to the ${way === 'back' ? 'start' : 'end'}${ends}`;
      return [0.5, 0.95].map((share) => ({
        label: `${name}: frame, ${share === 0.5 ? 'median' : '95 %'} of ${counts}`,
        unit: 'ms',
        own: percentile(own.frames, share),
        limit: percentile(limit.frames, share),
        ...(share === 0.95 && { target: { ratio: 1 } }),
      }));
    });
    return formatTable(`Scrolling ${turns} turns by wheel`, 'VS Code’s chat', [
      { label: 'view asked for → painted', unit: 'ms', own: qiao.paintedMs },
      ...rows,
    ]);
  } finally {
    await window.close();
  }
}

interface BackAndForth {
  readonly back: Scrolled;
  readonly forth: Scrolled;
}

async function scrollQiao(
  stage: Stage,
  window: VscodeWindow,
  seconds: number,
): Promise<BackAndForth & { paintedMs: number }> {
  const [first] = await openViews(window);
  const marker = nextMarker();
  await measureFirstToken(stage, window, first, marker);
  const file = await findConversationFile(stage.storageFolder, marker);
  await window.press('showExplorer');
  await window.leave();
  await writeConversation(file, { title: 'Turn', turns });
  await window.reload();
  const paintedMs = await window.timeOpening('qiao', '.turn .answer-text > *');
  const frame = await window.show('qiao');
  const scroller = { frame, place: frame.locator('.scroller') };
  return { paintedMs, ...(await scrollBoth(window, scroller, seconds)) };
}

async function scrollVscodeChat(stage: Stage, window: VscodeWindow, seconds: number): Promise<BackAndForth> {
  const file = path.join(stage.storageFolder, 'exported.json');
  await writeChatExport(file, { title: 'Turn', turns });
  await window.importChat(file);
  const place = window.page.locator('.interactive-session .interactive-list').first();
  await place
    .getByText(`Turn, ${turns - 1}`)
    .first()
    .waitFor();
  const moved = '.interactive-list .monaco-list-rows';
  return scrollBoth(window, { frame: window.page.mainFrame(), place, moved }, seconds);
}

async function scrollBoth(window: VscodeWindow, scroller: Scroller, seconds: number): Promise<BackAndForth> {
  await window.page.waitForTimeout(2000);
  return {
    back: await scroll(window, scroller, -wheelPixels, seconds),
    forth: await scroll(window, scroller, wheelPixels, seconds),
  };
}

/** Turns the wheel over the transcript until `seconds` are over or nothing moved for a second. */
async function scroll(
  window: VscodeWindow,
  { frame, place, moved }: Scroller,
  pixels: number,
  seconds: number,
): Promise<Scrolled> {
  const box = await place.boundingBox();
  if (!box) throw new Error('The view is not in sight.');
  await window.page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  let reached = false;
  const frames = await watchFrames(frame, moved, async () => {
    const end = performance.now() + seconds * 1000;
    let lastMoved = performance.now();
    let seen = await scrollCount(frame);
    for (let wheel = 0; wheel < mostWheels && performance.now() < end && !reached; wheel++) {
      await window.page.mouse.wheel(0, pixels);
      await window.page.waitForTimeout(16);
      if (wheel % 20 > 0) continue;
      const count = await scrollCount(frame);
      if (count !== seen) lastMoved = performance.now();
      seen = count;
      reached = performance.now() - lastMoved > 1000;
    }
  });
  return { frames, reached };
}

const scrollCount = (frame: Frame): Promise<number> => frame.evaluate(() => window.benchScrolls ?? 0);

declare global {
  interface Window {
    /** Frames in which something was scrolled. */
    benchScrolls?: number;
    benchFrames?: number[];
    benchStopFrames?: () => void;
  }
}

/** Milliseconds from each frame to the next while `act` runs, for the frames in which something was scrolled. */
async function watchFrames(
  frame: Frame,
  moved: string | undefined,
  act: () => Promise<unknown>,
): Promise<readonly number[]> {
  await frame.evaluate((selector) => {
    const moving: number[] = [];
    window.benchScrolls = 0;
    let scrolled = false;
    let last = Number.NaN;
    let watching = true;
    const mark = (): void => {
      scrolled = true;
    };
    const tick = (time: number): void => {
      if (scrolled && !Number.isNaN(last)) {
        moving.push(time - last);
        window.benchScrolls = (window.benchScrolls ?? 0) + 1;
      }
      scrolled = false;
      last = time;
      if (watching) requestAnimationFrame(tick);
    };
    document.addEventListener('scroll', mark, { capture: true, passive: true });
    const observer = new MutationObserver(mark);
    const list = selector === undefined ? null : document.querySelector(selector);
    if (list) observer.observe(list, { attributes: true, attributeFilter: ['style'] });
    requestAnimationFrame(tick);
    window.benchStopFrames = () => {
      watching = false;
      observer.disconnect();
      document.removeEventListener('scroll', mark, { capture: true });
      window.benchFrames = moving;
    };
  }, moved);
  await act();
  return frame.evaluate(() => {
    window.benchStopFrames?.();
    return window.benchFrames ?? [];
  });
}
