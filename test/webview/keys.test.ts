/** VS Code hears the keys that reach the window of a page: wherever the focus is, its own get there. */

import assert from 'node:assert/strict';
import { compareStates } from '../screenshots/compareStates.ts';
import { panelStates } from '../screenshots/states.ts';
import { everyKind, historyList } from './historySamples.ts';
import { inspectMessage, sampleRecord } from './inspectSamples.ts';
import type { OpenOptions, PanelPage } from './panelPage.ts';
import { snapshot, turn } from './samples.ts';
import { usageSnapshot } from './usageSamples.ts';
import { usePanel } from './usePanel.ts';

interface Key {
  key: string;
  ctrlKey?: boolean;
  shiftKey?: boolean;
}

/** The ten that people press most, as VS Code binds them on Windows and Linux. */
const keys: readonly Key[] = [
  { key: 'F1' },
  { key: 'p', ctrlKey: true },
  { key: 'P', ctrlKey: true, shiftKey: true },
  { key: ',', ctrlKey: true },
  { key: 'b', ctrlKey: true },
  { key: 'j', ctrlKey: true },
  { key: '`', ctrlKey: true },
  { key: 'E', ctrlKey: true, shiftKey: true },
  { key: 's', ctrlKey: true },
  { key: 'w', ctrlKey: true },
];

interface Place {
  name: string;
  options?: OpenOptions;
  bringAbout(panel: PanelPage): Promise<void>;
  /** Elements that must be among those with which the keys are tried. */
  holds: readonly string[];
}

const ofState = (name: string, ...holds: string[]): Place => {
  const state = [...panelStates, ...compareStates].find((one) => one.name === name);
  assert.ok(state, name);
  const { entry, width, height, messages, act } = state;
  return {
    name,
    options: { entry, width, height },
    holds,
    async bringAbout(panel) {
      await panel.send(...messages);
      await act?.(panel);
    },
  };
};

const withHistory = async ({ send }: PanelPage): Promise<void> => {
  await send(snapshot({ turns: [turn('t1')] }), { type: 'history-show' }, historyList(everyKind()));
};

const places: readonly Place[] = [
  ofState('done', '.composer textarea', '.icon-button', '.model-button'),
  ofState('edit box', '.turn textarea'),
  ofState('history', '.history-search'),
  ofState('find', '.find-text'),
  ofState('model list', '#model-filter'),
  ofState('parameters', '.popover input'),
  ofState('context half full', '.composer textarea'),
  ofState('context list', '.composer textarea'),
  ofState('commands', '.composer textarea'),
  ofState('draft and attachment', '.chip-open'),
  ofState('compare answers', 'textarea'),
  ofState('compare questions in Chinese', 'tbody [tabindex]'),
  {
    name: 'a title that is being changed',
    holds: ['.history-rename'],
    async bringAbout(panel) {
      await withHistory(panel);
      await panel.page.keyboard.press('ArrowDown');
      await panel.page.keyboard.press('F2');
      await panel.page.locator('.history-rename').waitFor();
    },
  },
  {
    name: 'a menu',
    holds: ['.menu-item', '.history-entry button'],
    async bringAbout(panel) {
      await withHistory(panel);
      await panel.page.keyboard.press('ArrowDown');
      await panel.page.keyboard.press('Shift+F10');
      await panel.page.locator('.menu:popover-open').waitFor();
    },
  },
  {
    name: 'usage',
    options: { entry: 'usage', width: 900 },
    holds: ['.sort-button', 'select'],
    bringAbout: ({ send }) => send(usageSnapshot),
  },
  {
    name: 'the inspector',
    options: { page: 'inspect.html', width: 900, height: 900 },
    holds: ['.rows', '.search-text'],
    bringAbout: ({ send }) => send(inspectMessage([sampleRecord(30)])),
  },
];

describe('keys of VS Code', () => {
  const panel = usePanel();

  for (const { name, options, bringAbout, holds } of places) {
    it(`reach it from everything that takes the focus: ${name}`, async () => {
      const { page } = await panel.open(options);
      await bringAbout(panel);
      const { tried, kept } = await page.evaluate(pressEverywhere, { keys, holds });
      assert.deepEqual(kept, []);
      assert.deepEqual(tried, holds);
    });
  }
});

/** Runs in the page. `tried`: of `holds`, what the keys were tried with; `kept`: element and key that did not get through. */
function pressEverywhere(given: { keys: readonly Key[]; holds: readonly string[] }): {
  tried: string[];
  kept: string[];
} {
  const focusable = 'a[href], button, input, textarea, select, summary, [tabindex]';
  const kept: string[] = [];
  const tried = new Set<string>();
  let reached = false;
  window.addEventListener('keydown', () => {
    reached = true;
  });
  // What has the focus first: menus close when it goes.
  const first = [document.activeElement, ...document.querySelectorAll('[popover] *, .popover *')];
  const all = new Set([...first, ...document.querySelectorAll(focusable)]);
  for (const element of all) {
    if (!(element instanceof HTMLElement) || !element.matches(focusable) || !element.checkVisibility())
      continue;
    element.focus({ preventScroll: true });
    if (document.activeElement !== element) continue;
    for (const hold of given.holds) if (element.matches(hold)) tried.add(hold);
    for (const init of given.keys) {
      reached = false;
      element.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
      if (!reached) kept.push(`${element.tagName}.${element.className}: ${JSON.stringify(init)}`);
    }
  }
  return { tried: given.holds.filter((hold) => tried.has(hold)), kept };
}
