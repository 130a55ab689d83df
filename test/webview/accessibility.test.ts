/** Every state of the panel in three themes, and what axe finds wrong with it: nothing. */

import assert from 'node:assert/strict';
import { allAtRest } from '../screenshots/allAtRest.ts';
import { panelStates } from '../screenshots/states.ts';
import { accessibilityViolations } from './accessibility.ts';
import type { ThemeName } from './themes.ts';
import { usePanel } from './usePanel.ts';

/** Besides dark, with which the panel opens. */
const otherThemes: readonly ThemeName[] = ['light', 'high-contrast'];

describe('every state of the panel in three themes', () => {
  const panel = usePanel();

  for (const { name, width, height, messages, act } of panelStates) {
    it(`has nothing that axe complains about: ${name}`, async () => {
      await panel.open({ theme: 'dark', width, height });
      await panel.page.emulateMedia({ reducedMotion: 'reduce' });
      await panel.send(...messages);
      await act?.(panel);
      await allAtRest(panel);
      const found = [{ theme: 'dark', violations: await accessibilityViolations(panel.page) }];
      for (const theme of otherThemes) {
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
