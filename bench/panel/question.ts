/** One question in one view, from Enter to its answer, with all times that can be seen from outside. */

import type { Frame } from 'playwright-core';
import type { Plan } from './exchanges.ts';
import { expectAnswer, readFirstPaint } from './probe.ts';
import { fields, type Stage, type VscodeWindow } from './stage.ts';

export interface View {
  readonly who: 'qiao' | 'bare';
  readonly frame: Frame;
}

export interface FirstToken {
  readonly enterToWire: number;
  readonly byteToView: number;
  readonly viewToPaint: number;
  /** Both together: from Enter to the painted token, less the server's own time. */
  readonly overhead: number;
}

let asked = 0;

/** A marker no other answer begins with. */
export function nextMarker(): string {
  asked += 1;
  return `q${String(asked).padStart(4, '0')}`;
}

/** Types, waits as people do, and presses Enter. Resolves when Enter is on its way. */
export async function ask(stage: Stage, window: VscodeWindow, view: View & { plan: Plan }): Promise<void> {
  const { frame, who, plan } = view;
  await stage.plan(plan);
  const field = frame.locator(fields[who]);
  await field.fill(`Question ${plan.marker}`);
  await field.focus();
  await window.page.waitForTimeout(250);
  await expectAnswer(frame, plan.marker);
  await window.page.keyboard.press('Enter');
}

/** Asks for a short answer. Resolves when it has ended. */
export async function measureFirstToken(
  stage: Stage,
  window: VscodeWindow,
  view: View,
  marker = nextMarker(),
): Promise<FirstToken> {
  await ask(stage, window, {
    ...view,
    plan: { marker, pieces: 20, thinkMs: 60, pauseMs: 10 },
  });
  const { enterAt, receivedAt, paintedAt } = await readFirstPaint(view.frame);
  const { arrivedAt, writtenAt } = await stage.times();
  await endOf(view);
  const enterToWire = arrivedAt - enterAt;
  const byteToView = receivedAt - firstOf(writtenAt);
  const viewToPaint = paintedAt - receivedAt;
  return { enterToWire, byteToView, viewToPaint, overhead: enterToWire + byteToView + viewToPaint };
}

/** Resolves when the view shows that nothing is coming any more. */
export async function endOf({ who, frame }: View): Promise<void> {
  if (who === 'qiao') await frame.waitForSelector('.turn:last-child[data-phase="ended"]');
}

function firstOf(times: readonly number[]): number {
  return times[0] ?? Number.NaN;
}
