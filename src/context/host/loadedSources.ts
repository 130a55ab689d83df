/** The context sources once they are needed: search, resolver, refresh and block reasons. */

import type * as vscode from 'vscode';
import type { LastEditor } from '../../base/host/lastEditor.ts';
import { findBlockReason } from './blockReasons.ts';
import type { ContextSources } from './contextSources.ts';
import { createFileIndex } from './fileIndex.ts';
import type { Origins } from './origins.ts';
import { readAgain } from './readAgain.ts';
import type { RecentFiles } from './recentFiles.ts';
import { createResolver } from './resolve.ts';
import { createContextSearch } from './search.ts';

export interface LoadedSourcesOptions {
  lastEditor: Pick<LastEditor, 'get'>;
  log: Pick<vscode.LogOutputChannel, 'warn'>;
  /** Owned by the caller. */
  origins: Origins;
  recent: RecentFiles;
}

export type LoadedSources = Omit<ContextSources, 'remember'>;

/** Reads nothing of the workspace before the first call. */
export function createLoadedSources({
  lastEditor,
  log,
  origins,
  recent,
}: LoadedSourcesOptions): LoadedSources {
  const index = createFileIndex(log);
  const search = createContextSearch({ index, lastEditor, log, recent });
  const resolver = createResolver({ origins, lastEditor, symbols: search.symbols });
  return {
    search: search.search,
    get isListing() {
      return search.isListing;
    },
    resolve: resolver.resolve,
    fromUris: resolver.fromUris,
    fromCell: async (cell) => resolver.fromCell(cell),
    refresh: (attachment) => readAgain(attachment, origins),
    blockReason: (attachment) => findBlockReason(attachment, origins),
    dispose: () => index.dispose(),
  };
}
