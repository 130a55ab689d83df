/** Going through many conversations by the history list: afterwards nothing of them may be left in memory. */

import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { repository } from '../../scripts/host/paths.ts';
import { keys } from './bareExtension.ts';
import { openViews } from './firstToken.ts';
import { findConversationFile, writeConversation } from './historyFiles.ts';
import { measureFirstToken, nextMarker } from './question.ts';
import { formatTable, type Row } from './report.ts';
import type { Stage, VscodeWindow } from './stage.ts';

/** Of each conversation: as many as cross to the view at once. */
const turns = 40;
/** Bytes: what compiled code and caches may add. */
const tolerance = 3 * 2 ** 20;

/** A table, or a line on why there is none. */
export async function measureManyConversations(
  stage: Stage,
  window: VscodeWindow,
  quick: boolean,
): Promise<string> {
  if (!(await hasHistoryList()))
    return `Not measured: switching between conversations; there is no command ${keys.showHistory.command} yet.`;
  const count = quick ? 10 : 50;
  const titles = Array.from({ length: count }, (_, i) => `Conversation ${String(i).padStart(2, '0')}`);
  const [first] = await openViews(window);
  const marker = nextMarker();
  await measureFirstToken(stage, window, first, marker);
  const folder = path.dirname(await findConversationFile(stage.storageFolder, marker));
  await window.leave();
  await mkdir(folder, { recursive: true });
  for (const title of titles)
    await writeConversation(path.join(folder, `${randomUUID()}.jsonl`), { title, turns });
  await window.reload();

  const frame = await window.show('qiao');
  const times: number[] = [];
  // The first ones fill what is kept for good: compiled code, highlighters, the list itself.
  const warmUp = titles.slice(0, 5);
  for (const title of warmUp) await openConversation(window, frame, title);
  const before = await weigh(window);
  for (const title of titles) times.push(await openConversation(window, frame, title));
  for (const title of warmUp) await openConversation(window, frame, title);
  const after = await weigh(window);

  const rows: Row[] = [
    heapRow('heap of the page', after.page, before.page),
    heapRow('heap of the extension host', after.host, before.host),
    { label: 'click on the title → turns there, mean', unit: 'ms', own: sum(times) / times.length },
  ];
  return formatTable(`Going through ${count} conversations of ${turns} turns`, 'before', rows);
}

async function hasHistoryList(): Promise<boolean> {
  const manifest = await readFile(path.join(repository, 'package.json'), 'utf8');
  return manifest.includes(`"${keys.showHistory.command}"`);
}

/** Gives the milliseconds from the click to the last turn's question on the page. */
async function openConversation(window: VscodeWindow, frame: Frame, title: string): Promise<number> {
  await window.press('showHistory');
  // The list has the focus in its search field, and shows only the first rows of many.
  await frame.waitForFunction(() => document.activeElement?.matches('.history-search'));
  await window.page.keyboard.insertText(title);
  // Found and clicked in one go: the list is drawn anew when it opens. And no handles of elements, which would keep
  // the page from letting go of them.
  const clicked = await frame.waitForFunction((text) => {
    const rows = [...document.querySelectorAll<HTMLElement>('.history-open')];
    const row = rows.find((candidate) => candidate.checkVisibility() && candidate.title === text);
    row?.click();
    return row && performance.now();
  }, title);
  const shown = await frame.waitForFunction(
    (text) => {
      const question = [...document.querySelectorAll('.question')].at(-1);
      return question?.textContent?.includes(text) && performance.now();
    },
    `${title}, ${turns - 1}`,
  );
  return Number(await shown.jsonValue()) - Number(await clicked.jsonValue());
}

/** The lowest of three looks: what is let go of late, such as the texts of a search, is not held. */
async function weigh(window: VscodeWindow): Promise<{ page: number; host: number }> {
  const lowest = { page: Number.POSITIVE_INFINITY, host: Number.POSITIVE_INFINITY };
  for (let look = 0; look < 3; look++) {
    await window.page.waitForTimeout(2000);
    lowest.page = Math.min(lowest.page, await window.heapBytes());
    lowest.host = Math.min(lowest.host, (await window.vitals()).heapBytes);
  }
  return lowest;
}

function heapRow(label: string, after: number, before: number): Row {
  const megabytes = (bytes: number): number => bytes / 2 ** 20;
  return {
    label,
    unit: 'MB',
    own: megabytes(after),
    limit: megabytes(before),
    target: { value: megabytes(before + tolerance) },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
