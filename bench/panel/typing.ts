/** Typing in the composer while an answer streams, beside typing in the same window when nothing comes. */

import { openViews } from './firstToken.ts';
import { percentile } from './longAnswer.ts';
import { type as typeIdle, typingText } from './longConversation.ts';
import { readTyping } from './probe.ts';
import { ask, endOf, nextMarker } from './question.ts';
import { formatTable } from './report.ts';
import { fields, type Stage, type VscodeWindow } from './stage.ts';

/** A table. The answer is longer than the typing takes. */
export async function measureTypingWhileStreaming(
  stage: Stage,
  window: VscodeWindow,
  quick: boolean,
): Promise<string> {
  const [qiao] = await openViews(window);
  const field = qiao.frame.locator(fields.qiao);
  const busy: number[] = [];
  const idle: number[] = [];
  for (let round = 0; round < (quick ? 2 : 4); round++) {
    await window.press('newChat');
    idle.push(...(await typeIdle(window, qiao.frame, fields.qiao, false)));
    const plan = {
      marker: nextMarker(),
      pieces: 4000,
      pieceLength: 40,
      kind: 'mixed',
      thinkMs: 20,
      pauseMs: 2,
    };
    await ask(stage, window, { ...qiao, plan: { ...plan, kind: 'mixed' } });
    await window.page.waitForTimeout(500);
    await field.focus();
    await window.page.keyboard.type(typingText, { delay: 70 });
    if ((await qiao.frame.locator('.turn:last-child[data-phase="ended"]').count()) > 0)
      throw new Error('The answer ended before the typing did.');
    await window.page.waitForTimeout(300);
    busy.push(...(await readTyping(qiao.frame)));
    await field.fill('');
    await endOf(qiao);
  }
  const row = (label: string, share: number) =>
    ({
      label,
      unit: 'ms',
      own: percentile(busy, share),
      limit: percentile(idle, share),
      target: { ratio: 1.5 },
    }) as const;
  return formatTable(`Typing while an answer streams: ${busy.length} keys, key → painted`, 'idle', [
    row('median', 0.5),
    row('95 %', 0.95),
  ]);
}
