/** The facts Qiao ships about models, and those a user put on top of them. */

import type { ModelInfo } from '../../llm/chatModel.ts';
import type { Catalog, CatalogModel } from '../common/catalogSchema.ts';
import type { ProfileProvider } from '../common/protocols.ts';
import shippedCatalog from './models.json' with { type: 'json' };

type Facts = Partial<ModelInfo> & { id: string };

/** By provider, then by id, in the order of the file. */
type Entries = Map<ProfileProvider, Map<string, Facts>>;

const shipped = readEntries(shippedCatalog, new Map());
let entries = shipped;

/** Facts of the update win over those that are shipped, member by member; `undefined` takes the update away. */
export function useCatalogUpdate(update: Catalog | undefined): void {
  entries = update ? readEntries(update, shipped) : shipped;
}

/** Ids of a provider's models, in the catalog's order. */
export function catalogIds(provider: ProfileProvider): string[] {
  return [...(entries.get(provider)?.keys() ?? [])];
}

/** What the catalog knows of a model, on top of what is assumed of any model there. */
export function withCatalogFacts(provider: ProfileProvider, assumed: ModelInfo): ModelInfo {
  const facts = entries.get(provider)?.get(assumed.id);
  return facts ? { ...assumed, ...facts } : assumed;
}

/** A model with another fact than now: `changed` names the members; `undefined`, it is not known yet. */
export interface CatalogChange {
  provider: ProfileProvider;
  id: string;
  changed?: string[];
}

/** What `useCatalogUpdate` would change of what holds now. */
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

function differences(before: Facts, after: Facts): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const [old, next] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...names].filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(next.get(name)));
}

function readEntries({ models, parameterSets = {} }: Catalog, base: Entries): Entries {
  const result: Entries = new Map([...base].map(([provider, known]) => [provider, new Map(known)]));
  for (const model of models) {
    const known = result.get(model.provider) ?? new Map<string, Facts>();
    result.set(model.provider, known);
    known.set(model.id, { ...known.get(model.id), ...toFacts(model, parameterSets) });
  }
  return result;
}

function toFacts(
  { provider: _provider, parameters, ...facts }: CatalogModel,
  sets: NonNullable<Catalog['parameterSets']>,
): Facts {
  const rules = typeof parameters === 'string' ? sets[parameters] : parameters;
  return rules ? { ...facts, parameters: rules } : facts;
}
