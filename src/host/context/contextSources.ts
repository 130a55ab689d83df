/** What can be attached to a question: the contract between the composer and everything that finds and reads context. */

import type * as vscode from 'vscode';
import type { Attachment } from '../../core/conversation.ts';
import type { ContextChoice } from '../../core/protocol.ts';

export interface ContextSources extends vscode.Disposable {
  /**
   * What `#query` offers, best first, about 50 at most; an empty query gives the kinds and the files used last.
   * `onMore` takes a longer list, should slower sources have something to add before `signal` is aborted.
   */
  search(
    query: string,
    signal: AbortSignal,
    onMore: (items: readonly ContextChoice[]) => void,
  ): Promise<readonly ContextChoice[]>;
  /**
   * Reads what the user chose, which may mean to ask for more, e.g. which commit. `live`: it shall follow the editor.
   * Nothing when the user gave up; throws with a message in the user's language when it can't be read.
   */
  resolve(id: string): Promise<{ attachments: readonly Attachment[]; live?: boolean }>;
  /** The same for files and folders by address, wherever they lie. */
  fromUris(uris: readonly vscode.Uri[]): Promise<readonly Attachment[]>;
  /** An image from the clipboard or from outside; throws when it is none, or too large. */
  fromImage(image: { name: string; mimeType: string; data: string }): Promise<Attachment>;
  /** The selection of the editor that was used last; `undefined` without one. */
  fromSelection(): Promise<Attachment | undefined>;
  /** Reads again what an attachment was made from; `undefined` when it is gone. */
  refresh(attachment: Attachment): Promise<Attachment | undefined>;
  /** Why an attachment must not travel before the user confirms it. */
  holdReason(attachment: Attachment): Promise<HoldReason | undefined>;
}

export type HoldReason =
  /** Files of this name hold secrets as a rule. */
  | { kind: 'secret-name' }
  /** `what`: e.g. `AWS access key`; never the secret. */
  | { kind: 'secret-text'; what: string }
  /** `by`: `.gitignore` or the name of a setting. */
  | { kind: 'excluded'; by: string };
