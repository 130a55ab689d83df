// Creates the folder of VS Code's settings and state.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** What every run should have: nothing of VS Code's own that reaches out, asks, or covers the window. */
export const quietSettings: Settings = {
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
};

/** For suites that ask what stands in a document, and never how it looks: VS Code paints and computes less. */
export const plainEditorSettings: Settings = {
  'breadcrumbs.enabled': false,
  'editor.bracketPairColorization.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.folding': false,
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.semanticHighlighting.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.wordBasedSuggestions': 'off',
  // A server saves by itself unless told not to.
  'files.autoSave': 'off',
  'workbench.reduceMotion': 'on',
};

/** Settings of the user. A window reads them when it opens. */
export async function writeUserSettings(userDataFolder: string, settings: Settings): Promise<void> {
  await writeSettings(path.join(userDataFolder, 'User'), settings);
}

/**
 * Settings of the machine that the extension runs on. In a server host these alone decide about settings of
 * scope `machine`, such as `qiao.dashscope.baseUrl`; the desktop has none and takes the user's.
 */
export async function writeMachineSettings(userDataFolder: string, settings: Settings): Promise<void> {
  await writeSettings(path.join(userDataFolder, 'Machine'), settings);
}

async function writeSettings(folder: string, settings: Settings): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}
