/** Notices above the composer, which the user dismisses. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { translate } from '../../../base/host/translate.ts';
import type { Models } from '../../../connections/host/models.ts';
import { findProvider } from '../../../providers/registry.ts';
import type { NoticeView } from '../../common/protocol.ts';
import type { DiskTrouble } from '../history/diskState.ts';

export interface Notices {
  /** The notice to show: a disk failure first, then the retirement of this model or its provider. */
  for(ref: string): NoticeView | undefined;
  /** Conversations can't be saved; `undefined`: they are saved again. */
  showTrouble(trouble: DiskTrouble | undefined): void;
  dismiss(id: string): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

const stateName = 'qiao.dismissedNotices';

const troubleId = 'disk-trouble';

/** `storage`: the folder of the conversations, named in the notice. */
export function createNotices(state: vscode.Memento, models: Models, storage: string): Notices {
  const changed = new vscode.EventEmitter<void>();
  const dismissed = (): string[] => state.get(stateName, []);
  let trouble: NoticeView | undefined;
  return {
    showTrouble(next) {
      trouble = next && {
        id: troubleId,
        text: troubleText(next, storage),
        actions: ['show-log'],
        warning: true,
      };
      changed.fire();
    },
    for(ref) {
      if (trouble) return trouble;
      const retirement = retirementNotice(ref, models);
      if (retirement && !dismissed().includes(retirement.id)) return retirement;
      const { id, provider } = models.profileOf(ref);
      const { notice } = findProvider(provider).retirement ?? {};
      const noticeId = `${provider}-retirement:${id}`;
      if (notice === undefined || dismissed().includes(noticeId)) return undefined;
      return { id: noticeId, text: translate(notice), actions: ['migrate-profile'] };
    },
    async dismiss(id) {
      if (id === troubleId) {
        // A new trouble is shown again.
        trouble = undefined;
        return changed.fire();
      }
      await state.update(stateName, [...new Set([...dismissed(), id])]);
      changed.fire();
    },
    onDidChange: changed.event,
  };
}

/** The model is retired, or will be. */
function retirementNotice(ref: string, models: Models): NoticeView | undefined {
  const { id, name, retired } = models.describe(ref);
  if (retired === undefined) return undefined;
  const successor = models.successorOf(ref);
  return {
    id: `retired:${id}:${retired}`,
    text: successor
      ? l10n.t('{0} is retired as of {1}. Try {2} in its place.', name, retired, successor.name)
      : l10n.t('{0} is retired as of {1}.', name, retired),
    actions: successor ? ['switch-model'] : [],
    warning: true,
  };
}

function troubleText({ kind, message }: DiskTrouble, storage: string): string {
  switch (kind) {
    case 'full':
      return l10n.t(
        'The disk is full. What is new here is kept in memory only and would be lost when VS Code closes. Free some space; then it is saved by itself.',
      );
    case 'denied':
      return l10n.t(
        'Qiao may not write to {0}. What is new here is kept in memory only and would be lost when VS Code closes. Make this folder writable; then it is saved by itself.',
        storage,
      );
    case 'other':
      return l10n.t(
        'Chats can’t be saved ({0}). What is new here is kept in memory only and would be lost when VS Code closes. As soon as that works again, it is saved by itself.',
        message,
      );
  }
}
