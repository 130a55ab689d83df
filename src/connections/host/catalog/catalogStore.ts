/** The user's update of the catalog: kept in Qiao's own storage, and put on top of what is shipped at each start. */

import path from 'node:path';
import { diskFiles } from '../../../base/host/files.ts';
import { useCatalogUpdate } from '../../../providers/catalog/catalog.ts';
import type { Catalog } from '../../../providers/common/catalogSchema.ts';

export interface CatalogStore {
  /** Whether there is an update. */
  readonly updated: boolean;
  /** Keeps the update and uses it from now on; `undefined`: back to what is shipped. */
  apply(update: Catalog | undefined): Promise<void>;
}

/** `onProblem` is told when what was kept can't be read any more; the catalog is then the shipped one. */
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
