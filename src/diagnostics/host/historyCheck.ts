/** Checks the chat history: number and size of conversations, unsaved and damaged files. */

import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { l10n } from 'vscode';
import type { History } from '../../chat/host/history/history.ts';
import { type Check, ok, problem, sentences, warning } from './check.ts';

/** `folder`: the folder of the history's files. */
export function historyCheck(folder: string, history: Pick<History, 'list' | 'trouble'>): Check {
  const show = { title: l10n.t('Show Chats'), command: 'qiao.showHistory' };
  return {
    title: l10n.t('Chats'),
    async run() {
      const entries = await history.list('');
      const kept = l10n.t('Kept: {0}; {1} MB in all.', entries.length, megabytes(await sizeOf(folder)));
      if (history.trouble) {
        return problem(sentences(kept, l10n.t('What was said last could not be saved.')), {
          text: l10n.t('Do not close VS Code before the storage works again.'),
        });
      }
      const count = (state: string): number => entries.filter((entry) => entry.state === state).length;
      if (count('damaged') > 0) {
        return warning(sentences(kept, l10n.t('Damaged and set aside: {0}.', count('damaged'))), {
          text: l10n.t('They are marked in the list of chats: export what can be read, then delete them.'),
          command: show,
        });
      }
      if (count('newer') > 0) {
        return warning(sentences(kept, l10n.t('Written by a newer Qiao: {0}.', count('newer'))), {
          text: l10n.t('Update Qiao to open them.'),
        });
      }
      return ok(sentences(kept, l10n.t('None is damaged.')));
    },
  };
}

/** Total size of all files below the folder, in bytes. Ignores files that are deleted meanwhile. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(path.join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
