/** Searches what `#query` offers: kinds of context, files, and symbols when they arrive. */

import { single } from 'fuzzysort';
import type * as vscode from 'vscode';
import type { LastEditor } from '../../base/host/lastEditor.ts';
import { loadPinyinFinder } from '../../base/host/loadPinyin.ts';
import { isGone } from '../../base/host/pathExists.ts';
import { baseName, pathOf } from '../../base/host/paths.ts';
import type { ContextItem, ContextSources } from './contextSources.ts';
import { findExclusion } from './exclusions.ts';
import type { FileIndex } from './fileIndex.ts';
import { toRanges } from './fileRanking.ts';
import { parentOf } from './ignoreTree.ts';
import { isImageName } from './images.ts';
import { menuItems } from './menu.ts';
import type { RecentFiles } from './recentFiles.ts';
import { type FoundSymbol, findWorkspaceSymbols, listDocumentSymbols, symbolIcon } from './symbols.ts';

export interface ContextSearch {
  search: ContextSources['search'];
  readonly isListing: boolean;
  /** The offered symbols by the ids of their items. */
  symbols: ReadonlyMap<string, FoundSymbol>;
}

export interface ContextSearchOptions {
  index: FileIndex;
  recent: Pick<RecentFiles, 'list'>;
  lastEditor: Pick<LastEditor, 'get'>;
  log: Pick<vscode.LogOutputChannel, 'warn'>;
}

type Scored = ContextItem & { score: number };

const most = 50;
const mostRecent = 12;
const mostSymbols = 15;
/** Added to the score (0 to 1) of recently used files. */
const recentBoost = 0.12;
/** How many offered symbols are kept for `resolve`. */
const rememberedSymbols = 2000;

export function createContextSearch({ index, lastEditor, log, recent }: ContextSearchOptions): ContextSearch {
  const symbols = new Map<string, FoundSymbol>();
  let symbolCount = 0;

  const recentItems = async (query: string): Promise<Scored[]> => {
    const offered = await Promise.all(
      recent.list().map(async (uri) => ((await isGone(uri)) || (await findExclusion(uri)) ? [] : [uri])),
    );
    const items = offered.flat().map((uri) => toFileItem(uri));
    return scoreAll(items, query, (at) => recentBoost / (at + 1));
  };
  const fileItems = async (query: string, signal: AbortSignal): Promise<Scored[]> => {
    const order = new Map(recent.list().map((uri, at) => [pathOf(uri), at]));
    const boostOf = (path: string): number => {
      const at = order.get(path);
      return at === undefined ? 0 : recentBoost / (1 + at / 4);
    };
    const found = await index.search({ query, limit: most, boostOf, always: [...order.keys()], signal });
    return found.map(({ uri, path, matches, score }) => ({ ...toFileItem(uri, path), matches, score }));
  };
  const symbolItems = async (query: string): Promise<Scored[]> => {
    const editor = lastEditor.get();
    const [here, elsewhere] = await Promise.all([
      editor ? listDocumentSymbols(editor.document.uri) : [],
      findWorkspaceSymbols(query),
    ]);
    const found = new Map<string, FoundSymbol>();
    for (const symbol of [...here, ...elsewhere]) {
      const place = `${symbol.uri}#${symbol.range.start.line}:${symbol.name}`;
      if (!found.has(place)) found.set(place, symbol);
    }
    const distinct = [...found.values()];
    const items = [...found].map(([place, symbol]) => toSymbolItem(symbol, place));
    const symbolOf = new Map(items.map(({ id }, at) => [id, distinct[at]]));
    const boostOf = (at: number): number => (distinct[at]?.uri === editor?.document.uri ? 0.05 : 0);
    const matching = await scoreAll(items, query, boostOf);
    for (const { id } of matching) {
      const symbol = symbolOf.get(id);
      if (symbol) symbols.set(id, symbol);
    }
    forgetOldSymbols();
    return matching.sort((a, b) => b.score - a.score).slice(0, mostSymbols);
  };
  const toSymbolItem = (symbol: FoundSymbol, place: string): ContextItem => ({
    id: `symbol:${++symbolCount}:${place}`,
    icon: symbolIcon(symbol.kind),
    label: symbol.name,
    detail: [symbol.container, pathOf(symbol.uri)].filter((text) => text !== '').join(' · '),
    kind: 'symbol',
    matches: [],
  });
  const forgetOldSymbols = (): void => {
    for (const id of symbols.keys()) {
      if (symbols.size <= rememberedSymbols) return;
      symbols.delete(id);
    }
  };

  const search: ContextSources['search'] = async (query, signal, onMore) => {
    const wanted = query.trim();
    const kinds = await scoreAll(menuItems(lastEditor), wanted, (at) => 0.05 - at / 1000);
    if (wanted === '') {
      if (!index.isReady)
        void index.prepare().catch((error: unknown) => log.warn(`No list of files: ${error}`));
      const files = await recentItems('').catch(() => []);
      return [...kinds, ...files.slice(0, mostRecent)].map(withoutScore);
    }
    const files = new Map<string, Scored>();
    let foundSymbols: Scored[] = [];
    const addFiles = (items: readonly Scored[]): void => {
      for (const item of items) if (item.score > (files.get(item.id)?.score ?? -1)) files.set(item.id, item);
    };
    const all = (): ContextItem[] =>
      [...kinds, ...files.values(), ...foundSymbols]
        .sort((a, b) => b.score - a.score)
        .slice(0, most)
        .map(withoutScore);
    const tellMore = (): void => {
      if (!signal.aborted) onMore?.(all());
    };
    const wait = <T>(work: Promise<T>, use: (result: T) => void): void => {
      void work.then(
        (result) => {
          if (signal.aborted) return;
          use(result);
          tellMore();
        },
        (error: unknown) => log.warn(`Context for “#”: ${error}`),
      );
    };
    const wasReady = index.isReady;
    addFiles(await fileItems(wanted, signal).catch(() => []));
    wait(recentItems(wanted), addFiles);
    if (!wasReady) {
      let isBusy = false;
      const listed = index.prepare(() => {
        if (isBusy || signal.aborted) return;
        isBusy = true;
        wait(
          fileItems(wanted, signal).finally(() => {
            isBusy = false;
          }),
          addFiles,
        );
      });
      wait(
        // A failure is told too, as the panel says that files are being listed.
        listed
          .catch((error: unknown) => log.warn(`No list of files: ${error}`))
          .then(() => fileItems(wanted, signal)),
        addFiles,
      );
    }
    if (wanted.length >= 2)
      wait(symbolItems(wanted), (items) => {
        foundSymbols = items;
      });
    return all();
  };

  return {
    search,
    get isListing() {
      return index.isListing;
    },
    symbols,
  };
}

/** The items whose labels match, with their scores. An empty query matches all. `boostOf`: by index. */
async function scoreAll(
  items: readonly ContextItem[],
  query: string,
  boostOf: (at: number) => number,
): Promise<Scored[]> {
  if (query === '') return items.map((item, at) => ({ ...item, score: boostOf(at) }));
  const findByPinyin = await loadPinyinFinder(
    query,
    items.map(({ label }) => label),
  );
  return items.flatMap((item, at): Scored[] => {
    const result = single(query, item.label);
    if (result && result.score > 0.3)
      return [{ ...item, matches: toRanges(result.indexes), score: result.score + boostOf(at) }];
    const place = findByPinyin?.(item.label);
    return place ? [{ ...item, matches: [[place.start, place.end]], score: 0.7 + boostOf(at) }] : [];
  });
}

function withoutScore({ score: _, ...item }: Scored): ContextItem {
  return item;
}

function toFileItem(uri: vscode.Uri, path = pathOf(uri)): ContextItem {
  const isImage = isImageName(path);
  return {
    id: `file:${uri.toString()}`,
    icon: isImage ? 'file-media' : 'file',
    label: baseName(uri),
    detail: parentOf(path),
    kind: isImage ? 'image' : 'file',
    matches: [],
  };
}
