/** Builds the bare extension at run time and puts it beside Qiao. */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

export const bareExtensionId = 'bench.bare';
/** Activates and does nothing: less than that no extension can cost. */
export const minimumExtensionId = 'bench.minimum';

/** What keys do, so that no menu stands between a key and what it opens. */
export const keys = {
  showQiao: { key: 'ctrl+alt+1', command: 'qiao.chat.focus' },
  showBare: { key: 'ctrl+alt+2', command: 'bare.view.focus' },
  showHistory: { key: 'ctrl+alt+3', command: 'qiao.showHistory' },
  showExplorer: { key: 'ctrl+alt+4', command: 'workbench.view.explorer' },
  newChat: { key: 'ctrl+alt+5', command: 'qiao.newChat' },
  showVscodeChat: { key: 'ctrl+alt+6', command: 'workbench.action.chat.open' },
} as const;

/** Call it after Qiao is installed and before the server starts. */
export async function installBareExtension(extensionsFolder: string): Promise<void> {
  const folder = path.join(extensionsFolder, `${bareExtensionId}-0.0.0`);
  await mkdir(folder, { recursive: true });
  const common = { bundle: true, minify: true, outdir: folder, logLevel: 'warning' } as const;
  const source = path.join(import.meta.dirname, 'bare');
  await build({
    ...common,
    entryPoints: [path.join(source, 'extension.ts')],
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  await build({ ...common, entryPoints: [path.join(source, 'view.ts')], format: 'iife' });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  const minimum = path.join(extensionsFolder, `${minimumExtensionId}-0.0.0`);
  await mkdir(minimum, { recursive: true });
  await writeFile(path.join(minimum, 'extension.js'), 'exports.activate = () => {};');
  const { contributes: _, ...bones } = manifest;
  await writeFile(path.join(minimum, 'package.json'), JSON.stringify({ ...bones, name: 'minimum' }));
}

const manifest = {
  name: 'bare',
  publisher: 'bench',
  version: '0.0.0',
  engines: { vscode: '^1.104.0' },
  main: './extension.js',
  activationEvents: ['onStartupFinished'],
  contributes: {
    viewsContainers: { panel: [{ id: 'bare', title: 'Bare', icon: '$(circle)' }] },
    views: { bare: [{ type: 'webview', id: 'bare.view', name: 'Bare' }] },
    keybindings: Object.values(keys),
  },
};
