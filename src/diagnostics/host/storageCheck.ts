/** Checks whether the history folder is writable, and how much disk space is free. */

import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { l10n } from 'vscode';
import { diskFiles } from '../../base/host/files.ts';
import { errorCode } from '../../providers/http/networkFaults.ts';
import { type Check, ok, problem, warning } from './check.ts';

/** Free bytes below which the check warns. */
const scarce = 100 * 2 ** 20;

/** `folder`: an absolute path; created if it is missing. */
export function storageCheck(folder: string): Check {
  return {
    title: l10n.t('Storage'),
    async run() {
      const file = path.join(folder, `diagnostics-${randomUUID()}.tmp`);
      const text = randomUUID();
      try {
        await diskFiles.append(file, text, { durable: true });
        if ((await diskFiles.read(file)).toString('utf8') !== text)
          return problem(l10n.t('What is written does not come back.'));
      } catch (error) {
        return refused(errorCode(error) ?? '');
      } finally {
        await diskFiles.remove(file).catch(() => {});
      }
      const free = await freeBytes(folder);
      if (free === undefined) return ok(l10n.t('VS Code’s storage for Qiao can be written to.'));
      const room = `${Math.floor(free / 2 ** 20).toLocaleString('en')} MB`;
      if (free >= scarce)
        return ok(l10n.t('VS Code’s storage for Qiao can be written to; {0} are free.', room));
      return warning(l10n.t('The disk is nearly full: {0} are free.', room), {
        text: l10n.t('Free some space.'),
      });
    },
  };
}

function refused(code: string) {
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return problem(l10n.t('The disk is full ({0}): chats are kept in memory only.', code), {
      text: l10n.t('Free some space; what waits is then saved by itself.'),
    });
  return problem(l10n.t('Qiao may not write to its folder ({0}): chats are kept in memory only.', code), {
    text: l10n.t(
      'Make the “globalStorage” folder of VS Code’s user data writable; its path stands in the notice in the panel.',
    ),
  });
}

async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
