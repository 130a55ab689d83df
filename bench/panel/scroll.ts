/** Scrolling a conversation of 500 turns from its end to its start and back: the time between two frames. */

import type { Frame } from 'playwright-core';
import { openViews } from './firstToken.ts';
import { findConversationFile, writeConversation } from './historyFiles.ts';
import { percentile } from './longAnswer.ts';
import { measureFirstToken, nextMarker } from './question.ts';
import { formatTable, type Row } from './report.ts';
import type { Stage, VscodeWindow } from './stage.ts';

const turns = 500;
const wheelPixels = 1500;
/** More wheel events than this are not needed for `turns` turns. */
const mostWheels = 1500;

interface Scrolled {
  /** Milliseconds between two frames in which the page was scrolled. */
  readonly frames: readonly number[];
  readonly reached: boolean;
}

/** A table. The second column holds the frames of the same window while nothing moves. */
export async function measureScrolling(stage: Stage, window: VscodeWindow, quick: boolean): Promise<string> {
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
  await window.page.waitForTimeout(2000);
  const still = await watchFrames(frame, () => window.page.waitForTimeout(2000));
  const seconds = quick ? 15 : 60;
  const back = await scroll(window, frame, -wheelPixels, seconds);
  const forth = await scroll(window, frame, wheelPixels, seconds);
  const rows: Row[] = [
    { label: 'view asked for → painted', unit: 'ms', own: paintedMs },
    ...[
      { way: 'to the start', scrolled: back },
      { way: 'to the end', scrolled: forth },
    ].flatMap(({ way, scrolled: { frames, reached } }) => {
      const name = reached ? way : `${way} (not reached in ${seconds} s)`;
      return [0.5, 0.95].map(
        (share): Row => ({
          label: `${name}: frame, ${share === 0.5 ? 'median' : '95 %'} of ${frames.length}`,
          unit: 'ms',
          own: percentile(frames, share),
          limit: percentile(still, share),
        }),
      );
    }),
  ];
  return formatTable(`Scrolling ${turns} turns by wheel`, 'nothing moves', rows);
}

/** Turns the wheel over the transcript until `seconds` are over or nothing moved for a second. */
async function scroll(
  window: VscodeWindow,
  frame: Frame,
  pixels: number,
  seconds: number,
): Promise<Scrolled> {
  const box = await (await frame.frameElement()).boundingBox();
  if (!box) throw new Error('The view is not in sight.');
  await window.page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  let reached = false;
  const frames = await watchFrames(frame, async () => {
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

/** Milliseconds from each frame to the next while `act` runs; when anything was scrolled, only around those frames. */
async function watchFrames(frame: Frame, act: () => Promise<unknown>): Promise<readonly number[]> {
  await frame.evaluate(() => {
    const times: number[] = [];
    const moving: number[] = [];
    window.benchScrolls = 0;
    let scrolled = false;
    let last = Number.NaN;
    let watching = true;
    const mark = (): void => {
      scrolled = true;
    };
    const tick = (time: number): void => {
      if (!Number.isNaN(last)) times.push(time - last);
      if (scrolled) {
        moving.push(time - last);
        window.benchScrolls = (window.benchScrolls ?? 0) + 1;
      }
      scrolled = false;
      last = time;
      if (watching) requestAnimationFrame(tick);
    };
    document.addEventListener('scroll', mark, { capture: true, passive: true });
    requestAnimationFrame(tick);
    window.benchStopFrames = () => {
      watching = false;
      document.removeEventListener('scroll', mark, { capture: true });
      window.benchFrames = moving.length > 0 ? moving : times;
    };
  });
  await act();
  return frame.evaluate(() => {
    window.benchStopFrames?.();
    return window.benchFrames ?? [];
  });
}
