/** Every state of the panel in its themes, and what axe finds wrong with it: nothing. */

import assert from 'node:assert/strict';
import { allAtRest } from '../screenshots/allAtRest.ts';
import { panelStates } from '../screenshots/states.ts';
import { isFullRun } from '../support/fullRun.ts';
import { accessibilityViolations } from './accessibility.ts';
import type { ThemeName } from './themes.ts';
import { usePanel } from './usePanel.ts';

const themes: readonly [ThemeName, ...ThemeName[]] = ['dark', 'light', 'high-contrast'];
const isFull = isFullRun([
  'src/ui',
  'src/chat/webview',
  'media',
  'test/screenshots',
  'test/webview/themes.ts',
]);

/** In a short run each state has one of them, and the next state the next. */
const themesOf = (index: number): readonly [ThemeName, ...ThemeName[]] =>
  isFull ? themes : [themes[index % themes.length] ?? themes[0]];

describe('every state of the panel in three themes', () => {
  const panel = usePanel();

  for (const [index, { name, width, height, messages, act }] of panelStates.entries()) {
    it(`has nothing that axe complains about: ${name}`, async () => {
      const [first, ...others] = themesOf(index);
      await panel.open({ theme: first, width, height });
      await panel.page.emulateMedia({ reducedMotion: 'reduce' });
      await panel.send(...messages);
      await act?.(panel);
      await allAtRest(panel);
      const found = [{ theme: first, violations: await accessibilityViolations(panel.page) }];
      for (const theme of others) {
        await panel.showTheme(theme);
        // Nothing else depends on the theme.
        found.push({ theme, violations: await accessibilityViolations(panel.page, { only: 'colours' }) });
      }
      assert.deepEqual(
        found.filter(({ violations }) => violations.length > 0),
        [],
      );
    });
  }
});
