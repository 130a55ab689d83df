/** Keeps deleted conversations for a while, and removes them at a later start. */

import path from 'node:path';
import type { HistoryFiles } from '../../../base/host/files.ts';
import { type HistoryRecord, isDeleted } from './historyRecord.ts';
import { loadConversation } from './readConversation.ts';

/** How long deleted conversations are kept. */
export const keepMs = 30 * 24 * 60 * 60 * 1000;

export interface Trash {
  /** Moves a file into the trash whose deletion can't be recorded in the file. */
  put(id: string): Promise<void>;
  /** Moves the file back; throws when there is none. */
  takeBack(id: string): Promise<void>;
  /** Removes what was deleted more than `keepMs` ago. */
  empty(records: readonly HistoryRecord[]): Promise<void>;
}

export function createTrash(options: {
  folder: string;
  files: HistoryFiles;
  now(): number;
  log: { info(message: string): void };
}): Trash {
  const { folder, files, now, log } = options;
  const trashFolder = path.join(folder, 'deleted');
  const fileOf = (id: string): string => path.join(folder, `${id}.jsonl`);
  const suffixOf = (id: string): string => `-${id.replaceAll('/', '~')}.jsonl`;

  const isLongDeleted = async (id: string): Promise<boolean> => {
    // Read again: another window may have restored it.
    const { state, conversation } = await loadConversation(files, fileOf(id));
    const { deletedAt = Number.POSITIVE_INFINITY } = conversation ?? {};
    return (
      state === 'ok' && conversation !== undefined && isDeleted(conversation) && deletedAt < now() - keepMs
    );
  };
  return {
    put: (id) => files.move(fileOf(id), path.join(trashFolder, `${now()}${suffixOf(id)}`)),
    async takeBack(id) {
      const names = (await files.list(trashFolder))
        .filter((name) => name.replace(/^\d+/, '') === suffixOf(id))
        .sort();
      await files.move(path.join(trashFolder, names.at(-1) ?? suffixOf(id)), fileOf(id));
    },
    async empty(records) {
      for (const { id, deletedAt } of records) {
        if (deletedAt === undefined || deletedAt >= now() - keepMs || !(await isLongDeleted(id))) continue;
        await files.remove(fileOf(id));
        log.info(`Removed a chat that was deleted long ago: ${id}`);
      }
      for (const name of await files.list(trashFolder)) {
        if (Number.parseInt(name, 10) < now() - keepMs) await files.remove(path.join(trashFolder, name));
      }
    },
  };
}
