/** A conversation of very many turns: how long it takes to open, what it weighs, and how typing feels in it. */

import type { Frame } from 'playwright-core';
import { median } from '../decode/measurements.ts';
import { openViews } from './firstToken.ts';
import { findConversationFile, writeConversation } from './historyFiles.ts';
import { percentile } from './longAnswer.ts';
import { expectAnswer, installProbe, readTyping } from './probe.ts';
import { measureFirstToken, nextMarker } from './question.ts';
import { formatTable, type Row } from './report.ts';
import { fields, type Stage, type VscodeWindow } from './stage.ts';

const turns = 10_000;
/** 60 keys. */
export const typingText = 'the quick brown fox jumps over the lazy dog and never comes b';

/** Two tables: opening, and typing. The window is left without Qiao in sight. */
export async function measureLongConversation(
  stage: Stage,
  window: VscodeWindow,
  quick: boolean,
): Promise<string> {
  const short = await measureOpening(window, { hasTurns: false });
  const bareOpening = await measureBareOpening(window);
  const [empty, bare] = await openViews(window);
  const emptyTyping = await type(window, empty.frame, fields.qiao, quick);
  const bareTyping = await type(window, bare.frame, fields.bare, quick);
  const usual: number[] = [];
  const rounds = quick ? 3 : 8;
  for (let round = 0; round < rounds; round++)
    usual.push((await measureFirstToken(stage, window, empty)).overhead);

  const marker = await beginConversation(stage, window);
  const file = await findConversationFile(stage.storageFolder, marker);
  await window.press('showExplorer');
  await window.leave();
  await writeConversation(file, { title: 'Turn', turns });
  await window.reload();
  const long = await measureOpening(window, { hasTurns: true });
  const [full] = await openViews(window);
  const longTyping = await type(window, full.frame, fields.qiao, quick);
  const late: number[] = [];
  for (let round = 0; round < rounds; round++)
    late.push((await measureFirstToken(stage, window, full)).overhead);

  const count = turns.toLocaleString('en');
  const opening: Row[] = [
    { label: 'view asked for → painted', unit: 'ms', own: long.paintedMs, limit: short.paintedMs },
    { label: '… the bare page', unit: 'ms', own: long.paintedMs, limit: bareOpening },
    { label: 'elements in the view', unit: '', own: long.elements, limit: short.elements },
    { label: 'heap of the page, grown by', unit: 'MB', own: long.heapMb, limit: short.heapMb },
    { label: 'Enter → painted, less the server', unit: 'ms', own: median(late), limit: median(usual) },
  ];
  const typing = (label: string, share: number): Row[] => {
    const own = percentile(longTyping, share);
    return [
      {
        label: `${label}, beside the bare field`,
        unit: 'ms',
        own,
        limit: percentile(bareTyping, share),
        target: { ratio: 1.5 },
      },
      {
        label: `${label}, beside an empty chat`,
        unit: 'ms',
        own,
        limit: percentile(emptyTyping, share),
        target: { ratio: 1.5 },
      },
    ];
  };
  return [
    formatTable(`Opening a conversation of ${count} turns`, 'empty chat, or as said', opening),
    formatTable(`Typing in it: ${longTyping.length} keys, key → painted character`, 'as said', [
      ...typing('median', 0.5),
      ...typing('95 %', 0.95),
    ]),
  ].join('\n\n');
}

interface Opening {
  readonly paintedMs: number;
  readonly elements: number;
  readonly heapMb: number;
}

/** Opens Qiao's view, which must not be in sight. Settled values are read two seconds later. */
async function measureOpening(window: VscodeWindow, { hasTurns }: { hasTurns: boolean }): Promise<Opening> {
  await window.press('showExplorer');
  await window.page.waitForTimeout(1500);
  const before = await window.heapBytes();
  const paintedMs = await window.timeOpening(
    'qiao',
    hasTurns ? '.turn .answer-text > *' : '.composer textarea',
  );
  await window.page.waitForTimeout(2000);
  const frame = await window.show('qiao');
  const elements = await frame.locator('*').count();
  return { paintedMs, elements, heapMb: ((await window.heapBytes()) - before) / 2 ** 20 };
}

async function measureBareOpening(window: VscodeWindow): Promise<number> {
  return window.timeOpening('bare', 'textarea');
}

/** A conversation with one turn, so that there is a file and it is the last one. */
async function beginConversation(stage: Stage, window: VscodeWindow): Promise<string> {
  await window.press('newChat');
  const [qiao] = await openViews(window);
  const marker = nextMarker();
  await measureFirstToken(stage, window, qiao, marker);
  return marker;
}

export async function type(
  window: VscodeWindow,
  frame: Frame,
  field: string,
  quick: boolean,
): Promise<readonly number[]> {
  await installProbe(frame);
  await frame.locator(field).fill('');
  await frame.locator(field).focus();
  await window.page.waitForTimeout(500);
  await expectAnswer(frame, '');
  const text = typingText.slice(0, quick ? 20 : undefined);
  await window.page.keyboard.type(text, { delay: 70 });
  await window.page.waitForTimeout(300);
  const latencies = await readTyping(frame);
  await frame.locator(field).fill('');
  return latencies;
}
