/** Lines above the composer that a user should read once. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { NoticeView } from '../core/protocol.ts';
import type { Models } from './models.ts';

export interface Notices {
  /** The notice about the connection of this model, unless it was dismissed. */
  for(ref: string): NoticeView | undefined;
  dismiss(id: string): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

const stateName = 'qiao.dismissedNotices';

export function createNotices(state: vscode.Memento, models: Models): Notices {
  const changed = new vscode.EventEmitter<void>();
  const dismissed = (): string[] => state.get(stateName, []);
  return {
    for(ref) {
      const { id, provider } = models.profileOf(ref);
      const noticeId = `qianfan-v1-retirement:${id}`;
      if (provider !== 'qianfan-v1' || dismissed().includes(noticeId)) return undefined;
      return {
        id: noticeId,
        // Announced by the vendor for 2026-08-31.
        text: l10n.t(
          'Baidu is retiring Qianfan v1. This connection goes on working as long as the platform lets it.',
        ),
        actions: ['migrate-profile'],
      };
    },
    async dismiss(id) {
      await state.update(stateName, [...new Set([...dismissed(), id])]);
      changed.fire();
    },
    onDidChange: changed.event,
  };
}
