/** From loading a window, in which the view was open before, until a key pressed in its text field shows there. */

import type { Locator, Page } from 'playwright-core';
import { median } from '../decode/measurements.ts';
import type { keys } from './bareExtension.ts';
import { formatTable } from './report.ts';
import { fields, type Stage, waitFor } from './stage.ts';

interface Subject {
  readonly show: keyof typeof keys;
  /** The field that takes the keys, or nothing while it is not there. */
  find(page: Page): Promise<Locator | null>;
  /** What the field holds. */
  read(field: Locator): Promise<string>;
}

const inWebview = (selector: string): Pick<Subject, 'find' | 'read'> => ({
  async find(page) {
    for (const frame of page.frames()) {
      const field = frame.locator(selector);
      if (frame.url().includes('fake.html') && (await field.isVisible().catch(() => false))) return field;
    }
    return null;
  },
  read: (field) => field.inputValue({ timeout: 1000 }),
});

const subjects = {
  qiao: { show: 'showQiao', ...inWebview(fields.qiao) },
  bare: { show: 'showBare', ...inWebview(fields.bare) },
  vscode: {
    show: 'showVscodeChat',
    async find(page) {
      const field = page.locator('.interactive-input-part .monaco-editor').first();
      return (await field.isVisible()) ? field : null;
    },
    read: async (field) => (await field.locator('.view-lines').textContent({ timeout: 1000 })) ?? '',
  },
} satisfies Record<string, Subject>;

/** One window after the other, each with one of the views in sight; they take turns. The given window is not used. */
export async function measureWindowToField(stage: Stage, _: unknown, quick: boolean): Promise<string> {
  const times = { qiao: [] as number[], bare: [] as number[], vscode: [] as number[] };
  for (let round = 0; round < (quick ? 1 : 3); round++)
    for (const who of ['qiao', 'vscode', 'bare'] as const)
      times[who].push(...(await measureReloads(stage, subjects[who], quick ? 3 : 2)));
  const own = median(times.qiao);
  const row = { label: 'window → key shows in the field', unit: 'ms', own } as const;
  return formatTable(`Loading a window again, the view in sight: median of ${times.qiao.length}`, 'as said', [
    {
      ...row,
      label: `${row.label}, beside VS Code’s chat`,
      limit: median(times.vscode),
      target: { ratio: 1.3 },
    },
    { ...row, label: `${row.label}, beside the bare page`, limit: median(times.bare) },
  ]);
}

/** Of each load in milliseconds. The first load is not among them: it shows the view and fills the browser's cache. */
async function measureReloads(stage: Stage, subject: Subject, reloads: number): Promise<readonly number[]> {
  const window = await stage.openWindow({ vscodeChat: true });
  try {
    await window.press(subject.show);
    await typeInto(window.page, subject);
    // VS Code in a browser stores which views are in sight every five seconds.
    await window.page.waitForTimeout(6000);
    const times: number[] = [];
    for (let load = 0; load < reloads; load++) {
      const start = performance.now();
      // VS Code brings back the views of the session before only when the browser says that the page was reloaded.
      await window.page.reload({ waitUntil: 'commit' });
      await typeInto(window.page, subject);
      times.push(performance.now() - start);
      await window.page.waitForTimeout(3000);
    }
    return times;
  } finally {
    await window.close();
  }
}

/** Presses a key each time the field is there, until the field shows one more character than before. */
async function typeInto(page: Page, { find, read }: Subject): Promise<void> {
  await waitFor('a field that shows what is typed', async () => {
    const field = await find(page);
    if (!field) return null;
    try {
      const before = await read(field);
      await field.click({ timeout: 1000 });
      await page.keyboard.press('x');
      for (let look = 0; look < 10; look++) {
        if ((await read(field)).length > before.length) return true;
        await page.waitForTimeout(20);
      }
    } catch {
      // The field was replaced while the window still loads.
    }
    return null;
  });
}
