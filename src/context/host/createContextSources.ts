/** Creates the context sources: search, resolver, refresh and block reasons. */

import * as vscode from 'vscode';
import type { LastEditor } from '../../base/host/lastEditor.ts';
import { findBlockReason } from './blockReasons.ts';
import type { ContextSources } from './contextSources.ts';
import { createFileIndex } from './fileIndex.ts';
import { createOrigins } from './origins.ts';
import { readAgain } from './readAgain.ts';
import { createResolver } from './resolve.ts';
import { createContextSearch } from './search.ts';

export interface ContextSourcesOptions {
  lastEditor: Pick<LastEditor, 'get'>;
  log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/** Reads nothing of the workspace before the first call. */
export function createContextSources({ lastEditor, log }: ContextSourcesOptions): ContextSources {
  const origins = createOrigins();
  const index = createFileIndex(log);
  const search = createContextSearch({ index, lastEditor, log });
  const resolver = createResolver({ origins, lastEditor, symbols: search.symbols });
  const subscriptions = vscode.Disposable.from(index, search);
  return {
    search: search.search,
    get isListing() {
      return search.isListing;
    },
    resolve: resolver.resolve,
    fromUris: resolver.fromUris,
    fromCell: resolver.fromCell,
    refresh: (attachment) => readAgain(attachment, origins),
    remember: origins.remember,
    blockReason: (attachment) => findBlockReason(attachment, origins),
    dispose: () => subscriptions.dispose(),
  };
}
