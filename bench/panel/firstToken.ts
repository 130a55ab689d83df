/** From Enter to the wire, and from the first byte to the first painted token: with everything warm, and right after start. */

import { median } from '../decode/measurements.ts';
import { installProbe } from './probe.ts';
import { type FirstToken, measureFirstToken, type View } from './question.ts';
import { formatTable, type Row } from './report.ts';
import type { Stage, VscodeWindow } from './stage.ts';

/** Each window gives one cold value; the first one is the window that is measured warm. */
export async function measureFirstTokens(
  stage: Stage,
  window: VscodeWindow,
  quick: boolean,
): Promise<string> {
  const cold: Pair[] = [await measureCold(stage, window)];
  const warm: Pair[] = [];
  const views = await openViews(window);
  for (let round = 0; round < (quick ? 8 : 25); round++) {
    // Takes turns in who is first.
    const order = round % 2 === 0 ? views : views.toReversed();
    const values = new Map<View['who'], FirstToken>();
    for (const view of order) values.set(view.who, await measureFirstToken(stage, window, view));
    warm.push(toPair(values));
  }
  // The first rounds still compile.
  warm.splice(0, 3);
  for (let more = 0; more < (quick ? 0 : 3); more++) {
    const other = await stage.openWindow();
    cold.push(await measureCold(stage, other));
    await other.close();
  }
  const rows = [
    ...rowsOf('warm', warm, { overhead: { ratio: 1.5 } }),
    ...rowsOf('cold', cold, { enterToWire: { ratio: 3 } }),
    {
      label: 'cold, worst Enter → request on the wire',
      unit: 'ms' as const,
      own: Math.max(...cold.map(({ qiao }) => qiao.enterToWire)),
      limit: Math.max(...cold.map(({ bare }) => bare.enterToWire)),
    },
  ];
  return formatTable(`Enter to first token: ${warm.length} warm, ${cold.length} cold`, 'bare page', rows);
}

/** Both views of a window, watched. */
export async function openViews(window: VscodeWindow): Promise<readonly [View, View]> {
  const bare: View = { who: 'bare', frame: await window.show('bare') };
  const qiao: View = { who: 'qiao', frame: await window.show('qiao') };
  for (const { frame } of [qiao, bare]) await installProbe(frame);
  return [qiao, bare];
}

interface Pair {
  readonly qiao: FirstToken;
  readonly bare: FirstToken;
}

function toPair(values: ReadonlyMap<View['who'], FirstToken>): Pair {
  const [qiao, bare] = [values.get('qiao'), values.get('bare')];
  if (!qiao || !bare) throw new Error('A value is missing.');
  return { qiao, bare };
}

/** Qiao first: what both load is on its bill. */
async function measureCold(stage: Stage, window: VscodeWindow): Promise<Pair> {
  const [qiao, bare] = await openViews(window);
  await window.page.waitForTimeout(1000);
  return {
    qiao: await measureFirstToken(stage, window, qiao),
    bare: await measureFirstToken(stage, window, bare),
  };
}

function rowsOf(
  name: string,
  pairs: readonly Pair[],
  targets: Partial<Record<keyof FirstToken, Row['target']>>,
): Row[] {
  const row = (label: string, key: keyof FirstToken): Row => ({
    label: `${name}, ${label}`,
    unit: 'ms',
    own: median(pairs.map(({ qiao }) => qiao[key])),
    limit: median(pairs.map(({ bare }) => bare[key])),
    target: targets[key],
  });
  return [
    row('Enter → request on the wire', 'enterToWire'),
    row('first byte → message in the view', 'byteToView'),
    row('message in the view → painted', 'viewToPaint'),
    row('Enter → painted, less the server', 'overhead'),
  ];
}
