/** Indexes the files of the workspace by name: lists them at the first search and follows changes from then on. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isGone } from '../../base/host/pathExists.ts';
import { showWarningMessage } from '../../base/host/window/messages.ts';
import { type Excluder, relativeTo } from './exclusions.ts';
import { createFileRanking, type FileRanking, type RankedFile, type RankingQuery } from './fileRanking.ts';
import { type AmongCreated, type ListOptions, listFolder } from './listFolder.ts';

export interface FoundFile extends RankedFile {
  uri: vscode.Uri;
}

export interface FileIndex extends vscode.Disposable {
  /** Whether all files are listed, and none of the exclusions has changed since. */
  readonly isReady: boolean;
  /** Whether files are being listed; during the first listing, `search` finds those that are listed so far. */
  readonly isListing: boolean;
  /**
   * Lists the files if needed; calls share one promise. Rejects when VS Code can't list them. `onMore` is called while
   * more files than before can be found.
   */
  prepare(onMore?: () => void): Promise<void>;
  search(query: RankingQuery): Promise<FoundFile[]>;
}

/** After more changes at once, listing again is quicker. */
const mostChanges = 300;
/** Delay in milliseconds, as a checkout changes many files at once. */
const quietMs = 200;
/** Milliseconds between two calls of `onMore`, as each leads to a search. */
const moreMs = 300;

interface Root {
  folder: vscode.WorkspaceFolder;
  /** Prefix of each path: the folder's name and `/` in a multi-root workspace. */
  prefix: string;
  /** Missing until the folder is listed. */
  amongCreated?: AmongCreated;
}

interface Listing {
  ranking: FileRanking;
  roots: Root[];
  /** Whether all files are listed. */
  isWhole: boolean;
}

export function createFileIndex(log: Pick<vscode.LogOutputChannel, 'warn'>): FileIndex {
  let current: Listing | undefined;
  let building: Promise<void> | undefined;
  let isStale = false;
  let watching: vscode.Disposable | undefined;
  const created = new Map<string, vscode.Uri>();
  const refused = new Set<Excluder>();
  let timer: NodeJS.Timeout | undefined;
  /** The work of adding created files to the index. */
  let adding: Promise<void> | undefined;
  const listening = new Set<() => void>();
  const disposed = new AbortController();

  const build = async (): Promise<void> => {
    isStale = false;
    watching ??= watch();
    const listing: Listing = { ranking: createFileRanking(), roots: [], isWhole: false };
    // A list of the files before a change is better than a part of the new one.
    if (!current?.isWhole) current = listing;
    let told = 0;
    await listWorkspace(listing, {
      onRefused: tellRefused,
      log,
      signal: disposed.signal,
      onMore() {
        if (current !== listing || performance.now() - told < moreMs) return;
        told = performance.now();
        for (const listener of listening) listener();
      },
    });
    listing.isWhole = true;
    if (!disposed.signal.aborted) current = listing;
  };
  /** Reports each excluder once, however often the files are listed. */
  const tellRefused = (by: Excluder): void => {
    if (refused.has(by)) return;
    refused.add(by);
    log.warn(`${by} has too many patterns, or too slow ones: all that they might exclude is excluded.`);
    void showWarningMessage(
      l10n.t(
        '{0} has too many patterns, or too slow ones, for Qiao to say what it excludes. So Qiao excludes every file that it might mean. Make the patterns fewer or simpler.',
        by,
      ),
    );
  };
  const prepare = async (onMore = (): void => {}): Promise<void> => {
    building ??= build().finally(() => {
      building = undefined;
    });
    listening.add(onMore);
    try {
      await building;
    } finally {
      listening.delete(onMore);
    }
  };
  const markStale = (): void => {
    isStale = true;
    created.clear();
  };
  /** A running listing may have read a folder before the change. */
  const settled = (): Promise<void> => building?.catch(() => {}) ?? Promise.resolve();
  const addSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const next = (adding ?? Promise.resolve())
        .then(addCreated)
        .catch((error: unknown) => log.warn(String(error)))
        .finally(() => {
          if (adding === next) adding = undefined;
        });
      adding = next;
    }, quietMs);
  };
  const addCreated = async (): Promise<void> => {
    await settled();
    const uris = [...created.values()];
    created.clear();
    const listing = current;
    if (!listing || isStale) return;
    for (const root of listing.roots) {
      const added = (await root.amongCreated?.(uris)) ?? [];
      // Not `current`: a newer listing may exclude other files.
      await listing.ranking.add(added.map((path) => root.prefix + path));
    }
  };
  const remove = (uri: vscode.Uri): void => {
    const path = current && pathIn(current.roots, uri);
    if (path) current?.ranking.remove(path);
  };
  /** Removes the file now, and again after a running listing or addition, unless it was created again. */
  const removeDeleted = async (uri: vscode.Uri): Promise<void> => {
    created.delete(uri.toString());
    remove(uri);
    if (!building && !adding) return;
    await settled();
    await adding;
    if (await isGone(uri)) remove(uri);
  };
  const watch = (): vscode.Disposable => {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const isRules = (uri: vscode.Uri): boolean => uri.path.endsWith('/.gitignore');
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange((uri) => isRules(uri) && markStale()),
      watcher.onDidCreate((uri) => {
        if (isRules(uri) || created.size >= mostChanges) return markStale();
        created.set(uri.toString(), uri);
        addSoon();
      }),
      watcher.onDidDelete((uri) => {
        if (isRules(uri)) return markStale();
        void removeDeleted(uri);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(markStale),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (['files.exclude', 'qiao.context.exclude'].some((name) => event.affectsConfiguration(name)))
          markStale();
      }),
    );
  };

  return {
    get isReady() {
      return current?.isWhole === true && !isStale;
    },
    get isListing() {
      return building !== undefined;
    },
    prepare,
    async search(query) {
      if (!current) return [];
      const { roots, ranking } = current;
      const found = await ranking.search(query);
      // VS Code reports neither event of a file that is made and deleted within a moment, and loses events when there are many.
      const present = found.map(async (file) => {
        const uri = uriOf(roots, file.path);
        return !uri || (await isGone(uri)) ? [] : [{ ...file, uri }];
      });
      return (await Promise.all(present)).flat();
    },
    dispose() {
      disposed.abort();
      clearTimeout(timer);
      watching?.dispose();
      current = undefined;
    },
  };
}

/** Fills the listing; what is listed can be found at once. */
async function listWorkspace(
  { ranking, roots }: Listing,
  { onMore, ...options }: Omit<ListOptions, 'offer'> & { onMore(): void },
): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (const folder of folders) {
    const root: Root = { folder, prefix: folders.length > 1 ? `${folder.name}/` : '' };
    roots.push(root);
    root.amongCreated = await listFolder(folder, {
      ...options,
      async offer(paths) {
        await ranking.add(root.prefix === '' ? paths : paths.map((path) => root.prefix + path));
        if (paths.length > 0) onMore();
      },
    });
  }
}

function uriOf(roots: readonly Root[], path: string): vscode.Uri | undefined {
  const root = roots.find(({ prefix }) => path.startsWith(prefix));
  return root && vscode.Uri.joinPath(root.folder.uri, path.slice(root.prefix.length));
}

function pathIn(roots: readonly Root[], uri: vscode.Uri): string | undefined {
  for (const { folder, prefix } of roots) {
    const path = relativeTo(folder.uri, uri);
    if (path) return prefix + path;
  }
  return undefined;
}
