/** Lines above the composer that a user should read once. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { NoticeView } from '../core/protocol.ts';
import type { DiskTrouble } from './history/diskState.ts';
import type { Models } from './models.ts';

export interface Notices {
  /** What should be read now: that the disk fails, or what there is to say about the connection of this model. */
  for(ref: string): NoticeView | undefined;
  /** Conversations can't be saved; `undefined`: they can again. */
  showTrouble(trouble: DiskTrouble | undefined): void;
  dismiss(id: string): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

const stateName = 'qiao.dismissedNotices';

const troubleId = 'disk-trouble';

export function createNotices(state: vscode.Memento, models: Models): Notices {
  const changed = new vscode.EventEmitter<void>();
  const dismissed = (): string[] => state.get(stateName, []);
  let trouble: NoticeView | undefined;
  return {
    showTrouble(next) {
      trouble = next && { id: troubleId, text: troubleText(next), actions: ['show-log'] };
      changed.fire();
    },
    for(ref) {
      if (trouble) return trouble;
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
      if (id === troubleId) {
        // Another trouble is said again.
        trouble = undefined;
        return changed.fire();
      }
      await state.update(stateName, [...new Set([...dismissed(), id])]);
      changed.fire();
    },
    onDidChange: changed.event,
  };
}

function troubleText({ kind, message }: DiskTrouble): string {
  switch (kind) {
    case 'full':
      return l10n.t(
        'The disk is full: this conversation is kept in memory only. It is saved as soon as there is room again.',
      );
    case 'denied':
      return l10n.t(
        'Qiao may not write to its storage: this conversation is kept in memory only until that works again.',
      );
    case 'other':
      return l10n.t(
        'Conversations can’t be saved ({0}): this one is kept in memory only until that works again.',
        message,
      );
  }
}
