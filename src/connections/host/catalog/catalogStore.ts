/** Stores the user's update of the catalog and applies it to the built-in catalog at each start. */

import path from 'node:path';
import { diskFiles } from '../../../base/host/files.ts';
import { useCatalogUpdate } from '../../../providers/catalog/catalog.ts';
import type { Catalog } from '../../../providers/common/catalogSchema.ts';

export interface CatalogStore {
  readonly updated: boolean;
  /** Saves and uses the update; `undefined` restores the built-in catalog. */
  apply(update: Catalog | undefined): Promise<void>;
}

/** Calls `onProblem` if the stored update can't be read; the built-in catalog is used then. */
export async function openCatalogStore(
  folder: string,
  onProblem: (problem: string) => void,
): Promise<CatalogStore> {
  const file = path.join(folder, 'catalog.json');
  let updated = false;
  try {
    if (await diskFiles.facts(file)) {
      const { parseCatalog } = await import('./parseCatalog.ts');
      useCatalogUpdate(parseCatalog((await diskFiles.read(file)).toString('utf8')));
      updated = true;
    }
  } catch (error) {
    onProblem(error instanceof Error ? error.message : String(error));
  }
  return {
    get updated() {
      return updated;
    },
    async apply(update) {
      if (update) await diskFiles.replace(file, JSON.stringify(update));
      else if (await diskFiles.facts(file)) await diskFiles.remove(file);
      useCatalogUpdate(update);
      updated = update !== undefined;
    },
  };
}
