/** Reads and watches prompt files in the user's folder and, in a trusted workspace, in its `.qiao/prompts`. */

import * as vscode from 'vscode';
import type { PromptFile, PromptProblem } from './promptFile.ts';

export interface LibraryEntry {
  uri: vscode.Uri;
  source: 'user' | 'workspace';
  /** Harmless to show. */
  fileName: string;
  /** The text of the file. */
  text: string;
  /** `undefined` when the file has problems and can't be used. */
  file?: PromptFile;
  problems: readonly PromptProblem[];
  /** An earlier entry has the same name. */
  duplicate: boolean;
}

export interface PromptLibrary extends vscode.Disposable {
  /** Nothing is read or watched before the first call. */
  load(): Promise<void>;
  /** Reads all files again: after a write, as watchers may take seconds to notice a new folder. */
  refresh(): Promise<void>;
  /** The user's first, then the workspace's, each by name. */
  readonly entries: readonly LibraryEntry[];
  readonly onDidChange: vscode.Event<void>;
}

export interface PromptLibraryOptions {
  userFolder: vscode.Uri;
  /** Replaces the workspace's trust in tests. */
  trust?: { isTrusted(): boolean; onDidGrant: vscode.Event<void> };
  log: Pick<vscode.LogOutputChannel, 'warn'>;
}

const mostFiles = 200;
const settleMs = 100;

export function createPromptLibrary(options: PromptLibraryOptions): PromptLibrary {
  const trust = options.trust ?? {
    isTrusted: () => vscode.workspace.isTrusted,
    onDidGrant: vscode.workspace.onDidGrantWorkspaceTrust,
  };
  const changed = new vscode.EventEmitter<void>();
  let entries: readonly LibraryEntry[] = [];
  let loaded: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let round = 0;
  let watchers: vscode.Disposable[] = [];
  let disposed = false;
  const subscriptions: vscode.Disposable[] = [];

  const folders = (): { uri: vscode.Uri; source: LibraryEntry['source'] }[] => [
    { uri: options.userFolder, source: 'user' },
    ...(trust.isTrusted() ? (vscode.workspace.workspaceFolders ?? []) : []).map(({ uri }) => ({
      uri: vscode.Uri.joinPath(uri, '.qiao', 'prompts'),
      source: 'workspace' as const,
    })),
  ];
  const read = async (): Promise<void> => {
    const own = ++round;
    const found = await Promise.all(folders().map(({ uri, source }) => readFolder(uri, source, options.log)));
    // A later call has newer entries.
    if (own !== round || disposed) return;
    const taken = new Set<string>();
    entries = found.flat().map((entry) => {
      const name = entry.file?.name;
      const duplicate = name !== undefined && taken.has(name);
      if (name !== undefined) taken.add(name);
      return { ...entry, duplicate };
    });
    changed.fire();
  };
  const readSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(), settleMs);
  };
  const watch = (): void => {
    for (const watcher of watchers) watcher.dispose();
    watchers = folders().map(({ uri }) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(uri, '*.md'));
      watcher.onDidChange(readSoon);
      watcher.onDidCreate(readSoon);
      watcher.onDidDelete(readSoon);
      return watcher;
    });
  };
  const begin = async (): Promise<void> => {
    const again = (): void => {
      watch();
      readSoon();
    };
    subscriptions.push(
      trust.onDidGrant(again),
      vscode.workspace.onDidChangeWorkspaceFolders(again),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        const folder = vscode.Uri.joinPath(uri, '..').toString();
        if (folders().some((one) => one.uri.toString() === folder)) readSoon();
      }),
    );
    watch();
    await read();
  };
  const load = (): Promise<void> => (loaded ??= begin());
  return {
    load,
    refresh: () => (loaded ? read() : load()),
    get entries() {
      return entries;
    },
    onDidChange: changed.event,
    dispose() {
      disposed = true;
      clearTimeout(timer);
      vscode.Disposable.from(changed, ...watchers, ...subscriptions).dispose();
    },
  };
}

async function readFolder(
  folder: vscode.Uri,
  source: LibraryEntry['source'],
  log: PromptLibraryOptions['log'],
): Promise<Omit<LibraryEntry, 'duplicate'>[]> {
  // A link in a workspace may lead to files outside it.
  const isLink = (type: vscode.FileType): boolean =>
    source === 'workspace' && (type & vscode.FileType.SymbolicLink) !== 0;
  const { fs } = vscode.workspace;
  try {
    for (const uri of [folder, vscode.Uri.joinPath(folder, '..')])
      if (isLink((await fs.stat(uri)).type)) return [];
  } catch {
    return [];
  }
  const listed = (await fs.readDirectory(folder))
    .filter(([name, type]) => /\.md$/i.test(name) && (type & vscode.FileType.File) !== 0 && !isLink(type))
    .sort(([one], [other]) => one.localeCompare(other))
    .slice(0, mostFiles);
  if (listed.length === 0) return [];
  // With its parser of YAML it is large; few have prompts.
  const { longestPrompt, parsePromptFile, tame } = await import('./promptFile.ts');
  const entries = await Promise.all(
    listed.map(async ([name]) => {
      const uri = vscode.Uri.joinPath(folder, name);
      const fileName = tame(name);
      try {
        if ((await fs.stat(uri)).size > longestPrompt) throw new Error('It is larger than 100 kB.');
        const text = new TextDecoder().decode(await fs.readFile(uri));
        return { uri, source, fileName, text, ...parsePromptFile(text, name) };
      } catch (error) {
        log.warn(`A prompt was left out: ${fileName}: ${error instanceof Error ? error.message : error}`);
        return undefined;
      }
    }),
  );
  return entries.filter((entry) => entry !== undefined);
}
