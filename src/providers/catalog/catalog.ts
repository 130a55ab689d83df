/** Model metadata: the shipped catalog, with the user's update on top. */

import type { ModelInfo } from '../../llm/chatModel.ts';
import type { Catalog, CatalogModel } from '../common/catalogSchema.ts';
import type { ProfileProvider } from '../common/protocols.ts';
import shippedCatalog from './models.json' with { type: 'json' };

type CatalogEntry = Partial<ModelInfo> & { id: string };

/** By provider, then by id, in the order of the file. */
type Entries = Map<ProfileProvider, Map<string, CatalogEntry>>;

const shipped = readEntries(shippedCatalog, new Map());
let entries = shipped;

/** The update's members replace the shipped ones; `undefined` removes the update. */
export function useCatalogUpdate(update: Catalog | undefined): void {
  entries = update ? readEntries(update, shipped) : shipped;
}

/** Ids of a provider's models, in the catalog's order. */
export function catalogIds(provider: ProfileProvider): string[] {
  return [...(entries.get(provider)?.keys() ?? [])];
}

/** `assumed`, with the catalog's members in place of its own. */
export function withCatalogEntry(provider: ProfileProvider, assumed: ModelInfo): ModelInfo {
  const facts = entries.get(provider)?.get(assumed.id);
  return facts ? { ...assumed, ...facts } : assumed;
}

/** A model whose metadata changes: `changed` names the members; `undefined` for a new model. */
export interface CatalogChange {
  provider: ProfileProvider;
  id: string;
  changed?: string[];
}

/** What `useCatalogUpdate` would change. */
export function catalogChanges(update: Catalog): CatalogChange[] {
  const next = readEntries(update, shipped);
  const changes: CatalogChange[] = [];
  for (const provider of new Set([...entries.keys(), ...next.keys()])) {
    const before = entries.get(provider);
    const after = next.get(provider);
    for (const id of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
      const old = before?.get(id);
      if (!old) {
        changes.push({ provider, id });
        continue;
      }
      const changed = differences(old, after?.get(id) ?? { id });
      if (changed.length > 0) changes.push({ provider, id, changed });
    }
  }
  return changes;
}

function differences(before: CatalogEntry, after: CatalogEntry): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const [old, next] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...names].filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(next.get(name)));
}

function readEntries({ models, parameterSets = {} }: Catalog, base: Entries): Entries {
  const result: Entries = new Map([...base].map(([provider, known]) => [provider, new Map(known)]));
  for (const model of models) {
    const known = result.get(model.provider) ?? new Map<string, CatalogEntry>();
    result.set(model.provider, known);
    known.set(model.id, { ...known.get(model.id), ...toCatalogEntry(model, parameterSets) });
  }
  return result;
}

function toCatalogEntry(
  { provider: _provider, parameters, ...facts }: CatalogModel,
  sets: NonNullable<Catalog['parameterSets']>,
): CatalogEntry {
  const rules = typeof parameters === 'string' ? sets[parameters] : parameters;
  return rules ? { ...facts, parameters: rules } : facts;
}
