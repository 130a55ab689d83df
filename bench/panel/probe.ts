/** Looks on inside a webview's page: when keys were pressed, when messages came, when what they brought was painted. */

import type { Frame } from 'playwright-core';
import { wallClockOffset } from './clock.ts';

/** Times in milliseconds since the epoch. `received`: UTF-16 units of the answer so far. */
export interface Arrival {
  readonly received: number;
  readonly receivedAt: number;
  readonly paintedAt: number;
}

interface Probe {
  enterAt: number;
  firstReceivedAt: number;
  arrivals: Arrival[];
  received: number;
  /** From each key to its character on the screen, in milliseconds. */
  typing: number[];
  /** Settles to the time at which the last answer of the page begins with this. */
  firstPaint: Promise<number>;
  expect(marker: string): void;
}

declare global {
  interface Window {
    benchProbe?: Probe;
  }
}

/** Once for each load of the page. */
export async function installProbe(frame: Frame): Promise<void> {
  const offset = await frame.evaluate(wallClockOffset);
  await frame.evaluate(install, offset);
}

/** Forgets what was seen. The next answer begins with `marker`. */
export async function expectAnswer(frame: Frame, marker: string): Promise<void> {
  await frame.evaluate((text) => window.benchProbe?.expect(text), marker);
}

export interface FirstPaint {
  readonly enterAt: number;
  /** The first message that brought some of the answer. */
  readonly receivedAt: number;
  /** The first frame that showed it. */
  readonly paintedAt: number;
}

/** Settles when the expected answer begins to show. */
export async function readFirstPaint(frame: Frame): Promise<FirstPaint> {
  return frame.evaluate(async () => {
    const probe = window.benchProbe;
    const paintedAt = (await probe?.firstPaint) ?? Number.NaN;
    return {
      enterAt: probe?.enterAt ?? Number.NaN,
      receivedAt: probe?.firstReceivedAt ?? Number.NaN,
      paintedAt,
    };
  });
}

/** Settles when so much of the answer is painted: every message that brought some of it. */
export async function readArrivals(frame: Frame, length: number): Promise<readonly Arrival[]> {
  await frame.waitForFunction(
    (units) => (window.benchProbe?.arrivals.at(-1)?.received ?? 0) >= units,
    length,
    { polling: 200, timeout: 300_000 },
  );
  return frame.evaluate(() => window.benchProbe?.arrivals ?? []);
}

export async function readTyping(frame: Frame): Promise<readonly number[]> {
  return frame.evaluate(() => window.benchProbe?.typing ?? []);
}

/** Runs in the page, alone: nothing outside it is there. */
function install(offset: number): void {
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  const request = window.requestAnimationFrame.bind(window);
  let inFrame = false;
  // A message that is posted within a frame comes when the frame's layout and paint are over.
  channel.port1.onmessage = () => {
    inFrame = false;
    for (const call of waiting.splice(0)) call();
  };
  const enterFrame = (): void => {
    if (inFrame) return;
    inFrame = true;
    channel.port2.postMessage(null);
  };
  window.requestAnimationFrame = (callback) =>
    request((time) => {
      enterFrame();
      callback(time);
    });
  const afterPaint = (call: () => void): void => {
    waiting.push(call);
    if (!inFrame) request(enterFrame);
  };
  const now = (): number => offset + performance.now();

  const probe: Probe = {
    enterAt: Number.NaN,
    firstReceivedAt: Number.NaN,
    arrivals: [],
    received: 0,
    typing: [],
    firstPaint: Promise.resolve(Number.NaN),
    expect(marker) {
      probe.enterAt = Number.NaN;
      probe.arrivals = [];
      probe.received = 0;
      probe.typing = [];
      probe.firstPaint = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          const shown = [...document.querySelectorAll('.answer-text')].at(-1)?.textContent;
          if (!shown?.startsWith(marker)) return;
          observer.disconnect();
          afterPaint(() => resolve(now()));
        });
        observer.observe(document.body, { childList: true, characterData: true, subtree: true });
      });
    },
  };
  window.benchProbe = probe;

  let keyAt = 0;
  window.addEventListener(
    'keydown',
    (event) => {
      keyAt = event.timeStamp;
      if (event.key === 'Enter') probe.enterAt = offset + event.timeStamp;
    },
    { capture: true },
  );
  window.addEventListener(
    'input',
    () => {
      const pressedAt = keyAt;
      afterPaint(() => probe.typing.push(performance.now() - pressedAt));
    },
    { capture: true },
  );
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const text = textOf(data);
    if (text === undefined) return;
    const receivedAt = now();
    if (probe.received === 0) probe.firstReceivedAt = receivedAt;
    probe.received += text.length;
    const { received } = probe;
    afterPaint(() => probe.arrivals.push({ received, receivedAt, paintedAt: now() }));
  });

  function textOf(data: unknown): string | undefined {
    if (typeof data === 'string') return data;
    const isDelta = typeof data === 'object' && data !== null && 'type' in data && data.type === 'turn-delta';
    return isDelta && 'text' in data && typeof data.text === 'string' ? data.text : undefined;
  }
}
