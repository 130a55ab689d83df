/** The contract of context sources: find context in the workspace, read it, read it again, and tell what is blocked. */

import type * as vscode from 'vscode';
import type { HiddenSummary } from '../../base/common/hiddenText.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import type { Origins } from './origins.ts';

/** The id of the item for the selection in the editor. */
export const selectionId = 'selection';

export interface ContextItem {
  /** Good until `dispose`; only for `resolve`. */
  id: string;
  /** Name of a codicon. */
  icon: string;
  label: string;
  detail: string;
  kind: Attachment['kind'] | 'editors';
  /** UTF-16 ranges of `label` that matched, `[start, end)`, in order. */
  matches: readonly (readonly [number, number])[];
}

/**
 * Why an attachment must be confirmed by the user. `what`: the kind of secret, never the secret. `by`: the setting or
 * file; `refused-patterns`: its patterns are too many or too slow to apply and might exclude the attachment.
 * `outside`: a link leads out of the workspace. `hidden-text`: it contains enough invisible characters for words.
 */
export type BlockReason =
  | { kind: 'secret-name' }
  | { kind: 'secret-text'; what: string }
  | { kind: 'excluded' | 'refused-patterns'; by: string }
  | { kind: 'hidden-text'; hidden: HiddenSummary }
  | { kind: 'outside' };

export interface ContextSources {
  /**
   * What `#query` offers, best first, at most 50; for '' the kinds and recently opened files. What takes longer
   * (workspace symbols, files that are listed meanwhile) comes through `onMore`, each time as the whole new list, until
   * `signal` is aborted; the promise never waits for it. Never rejects.
   */
  search(
    query: string,
    signal: AbortSignal,
    onMore?: (items: readonly ContextItem[]) => void,
  ): Promise<readonly ContextItem[]>;
  /** Whether the workspace's files are being listed, so that a search may find more of them later. */
  readonly isListing?: boolean;
  /**
   * Makes attachments of a picked item; may ask more with a QuickPick. Empty when the user cancels; throws an Error
   * with a message in the user's language when it can't.
   */
  resolve(id: string): Promise<readonly Attachment[]>;
  /**
   * The same for dropped or command-given URIs: files, folders, images, untitled, virtual. Of several, those that
   * can't be read are named in a warning; throws when none can.
   */
  fromUris(uris: readonly vscode.Uri[]): Promise<readonly Attachment[]>;
  /** A notebook cell, with its output. */
  fromCell(cell: vscode.NotebookCell): Promise<Attachment>;
  /** Reads an attachment's source again, keeping the id; `undefined` when the source is gone. */
  refresh(attachment: Attachment): Promise<Attachment | undefined>;
  /** Registers an attachment made elsewhere: how `refresh` makes it again, and the files that `blockReason` checks. */
  remember: Origins['remember'];
  /** Why an attachment is blocked until the user confirms it. */
  blockReason(attachment: Attachment): Promise<BlockReason | undefined>;
  dispose(): void;
}
