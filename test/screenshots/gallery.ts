/**
 * Pictures of every state of the panel in every theme, with a contact sheet: `npm run gallery`, or with the
 * documentation's pictures `npm run screenshots`. Usage: node test/screenshots/gallery.ts [part of a state's name]
 */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/host/launchBrowser.ts';
import { repository } from '../../scripts/host/paths.ts';
import { type PanelServer, startPanelServer } from '../webview/panelPage.ts';
import type { ThemeName } from '../webview/themes.ts';
import { allAtRest } from './allAtRest.ts';
import { compareStates } from './compareStates.ts';
import { type PanelStateSample, panelStates } from './states.ts';

const themes: readonly ThemeName[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];
const folder = path.join(repository, 'test-results/gallery');

const [wanted = ''] = process.argv.slice(2);
const states = [...panelStates, ...compareStates].filter(({ name }) => name.includes(wanted));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const [browser, server] = await Promise.all([launchBrowser(), startPanelServer()]);
const failures: string[] = [];
try {
  for (const state of states) {
    for (const theme of themes) {
      const failure = await takePicture(browser, server, { state, theme });
      if (failure) failures.push(`${state.name}, ${theme}: ${failure}`);
    }
  }
} finally {
  await browser.close();
  server.close();
}
await writeFile(path.join(folder, 'index.html'), contactSheet());
for (const failure of failures) console.error(`✗ ${failure}`);
console.log(`${states.length} states in ${themes.length} themes: test-results/gallery/index.html`);
if (failures.length > 0) process.exitCode = 1;

/** Gives what is wrong: the state could not be reached, or the page complained. The picture is taken anyway. */
async function takePicture(
  browser: Browser,
  server: PanelServer,
  { state, theme }: { state: PanelStateSample; theme: ThemeName },
): Promise<string | undefined> {
  const { entry, language, width, height, messages, act } = state;
  const panel = await server.open(browser, { entry, language, theme, width, height });
  panel.page.setDefaultTimeout(5000);
  await panel.page.emulateMedia({ reducedMotion: 'reduce' });
  await panel.send(...messages);
  const failure = await act?.(panel).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message.split('\n', 1)[0] : String(error)),
  );
  await allAtRest(panel);
  await panel.page.screenshot({
    path: path.join(folder, fileOf(state, theme)),
    animations: 'disabled',
    caret: 'hide',
  });
  await panel.page.close();
  return failure ?? panel.complaints[0];
}

function fileOf({ name }: PanelStateSample, theme: ThemeName): string {
  return `${name.replaceAll(' ', '-')}-${theme}.png`;
}

function contactSheet(): string {
  const rows = states.map((state) => {
    const pictures = themes.map(
      (theme) => `<td><img src="${fileOf(state, theme)}" alt="${state.name}, ${theme}" loading="lazy"></td>`,
    );
    return `<tr><th>${state.name}</th>${pictures.join('')}</tr>`;
  });
  return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Qiao: states of the panel</title>
<style>
  body { font: 13px system-ui, sans-serif; margin: 24px; }
  th { text-align: left; vertical-align: top; padding: 8px 16px 8px 0; font-weight: 600; }
  td { vertical-align: top; padding: 8px; }
  img { max-width: 400px; border: 1px solid #8888; }
</style>
<table>
<tr><th></th>${themes.map((theme) => `<th>${theme}</th>`).join('')}</tr>
${rows.join('\n')}
</table>
</html>
`;
}
