/** Creates the context sources, whose code is loaded with the first call. */

import type * as vscode from 'vscode';
import type { LastEditor } from '../../base/host/lastEditor.ts';
import { lazily } from '../../base/host/lazyFeature.ts';
import type { ContextSources } from './contextSources.ts';
import type { LoadedSources } from './loadedSources.ts';
import { createOrigins } from './origins.ts';
import { trackRecentFiles } from './recentFiles.ts';

export interface ContextSourcesOptions {
  lastEditor: Pick<LastEditor, 'get'>;
  log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/** Reads nothing of the workspace before the first call. */
export function createContextSources({ lastEditor, log }: ContextSourcesOptions): ContextSources {
  const origins = createOrigins();
  const recent = trackRecentFiles();
  let loaded: LoadedSources | undefined;
  const { load, dispose } = lazily(async () => {
    const { createLoadedSources } = await import('./loadedSources.ts');
    loaded = createLoadedSources({ lastEditor, log, origins, recent });
    return loaded;
  });
  return {
    async search(...query) {
      try {
        return await (await load()).search(...query);
      } catch (error) {
        log.warn(`Context for “#”: ${error}`);
        return [];
      }
    },
    resolve: async (id) => (await load()).resolve(id),
    fromUris: async (uris) => (await load()).fromUris(uris),
    fromCell: async (cell) => (await load()).fromCell(cell),
    refresh: async (attachment) => (await load()).refresh(attachment),
    get isListing() {
      return loaded?.isListing === true;
    },
    remember: origins.remember,
    blockReason: async (attachment) => (await load()).blockReason(attachment),
    dispose() {
      recent.dispose();
      void dispose();
    },
  };
}
