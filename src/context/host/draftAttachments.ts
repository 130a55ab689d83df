/** Holds the attachments of a draft: pinned, implicit (following the editor), of a slash command, or blocked. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { describeHidden } from '../../base/host/hiddenTexts.ts';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import type { AttachmentView } from '../../chat/common/protocol.ts';
import { toAttachmentView } from '../../chat/host/turnViews.ts';
import { type BlockReason, type ContextSources, selectionId } from './contextSources.ts';
import { noteAttached } from './storedAddress.ts';
import type { StoredAttachment, StoredAttachments } from './storedAttachments.ts';

interface Entry {
  attachment: Attachment;
  /** It follows the editor until it is pinned. */
  implicit: boolean;
  byCommand: boolean;
  /** The user attached it after the last question: it is sent even if the conversation contains it already. */
  isNew: boolean;
  blockReason: BlockReason | undefined;
  /** There is a reason to block it, even if the user confirmed it. */
  isSecret: boolean;
}

export interface DraftAttachmentsOptions {
  sources: ContextSources;
  /** Keeps the attachments across a reload of the window. */
  stored?: StoredAttachments;
  /** Whether the next request contains it already; asked of implicit attachments only. */
  isRepeated?(attachment: Attachment): boolean;
}

export interface AddOptions {
  implicit?: boolean;
  byCommand?: boolean;
  isWanted?(): boolean;
}

/** Delay in milliseconds after a change in the editor before implicit attachments are read again. */
const followMs = 60;

export class DraftAttachments implements vscode.Disposable {
  #entries: readonly Entry[] = [];
  /** What the user confirmed, see `confirmationOf`; it is not blocked again. */
  readonly #confirmed = new Set<string>();
  readonly #sources: ContextSources;
  readonly #stored: StoredAttachments | undefined;
  readonly #isRepeated: (attachment: Attachment) => boolean;
  /** Before that the stored attachments must not be overwritten. */
  #isRestored = false;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;
  #following: NodeJS.Timeout | undefined;

  constructor({ sources, stored, isRepeated = () => false }: DraftAttachmentsOptions) {
    this.#sources = sources;
    this.#stored = stored;
    this.#isRepeated = isRepeated;
    const follow = (): void => this.#followSoon();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.window.onDidChangeTextEditorSelection(follow),
      vscode.window.onDidChangeActiveTextEditor(follow),
      vscode.workspace.onDidChangeTextDocument(follow),
    );
  }

  /** The attachments to send: neither blocked, nor implicit and contained in the next request already. */
  get sendable(): readonly Attachment[] {
    return this.#entries
      .filter((entry) => entry.blockReason === undefined && !this.#staysBehind(entry))
      .map(({ attachment }) => attachment);
  }

  /** Whether an implicit attachment is left out, as the next request contains it already. */
  get hasRepeated(): boolean {
    return this.#entries.some((entry) => this.#staysBehind(entry));
  }

  /** Whether the user must confirm or remove an attachment before the question is sent. */
  get isBlocked(): boolean {
    return this.#entries.some(({ blockReason, implicit }) => blockReason !== undefined && !implicit);
  }

  get views(): readonly AttachmentView[] {
    return this.#entries.map((entry) => ({
      ...toAttachmentView(entry.attachment),
      ready: {
        implicit: entry.implicit,
        byCommand: entry.byCommand,
        canRefresh: entry.attachment.kind !== 'image',
        blockReason: entry.blockReason && describeBlock(entry.blockReason),
        repeated: this.#staysBehind(entry),
      },
    }));
  }

  find(id: string): Attachment | undefined {
    return this.#entries.find(({ attachment }) => attachment.id === id)?.attachment;
  }

  /**
   * Adds attachments; each replaces one of the same place of the same file. `isWanted` is asked after the block reasons
   * are known, which takes a while; when it returns `false`, nothing is added.
   */
  async add(
    attachments: readonly Attachment[],
    { implicit = false, byCommand = false, isWanted = () => true }: AddOptions = {},
  ): Promise<void> {
    // An attachment of the user must not be removed together with a slash command.
    const isTheirs = (attachment: Attachment): boolean =>
      this.#entries.some((entry) => !entry.byCommand && isSamePlace(entry.attachment, attachment));
    const wanted = byCommand ? attachments.filter((attachment) => !isTheirs(attachment)) : attachments;
    const added = await Promise.all(
      wanted.map(async (attachment) => ({
        attachment,
        implicit,
        byCommand,
        isNew: true,
        ...(await this.#judge(attachment)),
      })),
    );
    if (!isWanted()) return;
    const known = this.#entries.filter(
      (entry) =>
        !(implicit && entry.implicit) &&
        !added.some((other) => isSamePlace(entry.attachment, other.attachment)),
    );
    this.#set([...known, ...added]);
  }

  /** Pins the other implicit attachments, as the next key would bring back the removed one. */
  remove(id: string): void {
    const wasImplicit = this.#entries.some(({ implicit, attachment }) => implicit && attachment.id === id);
    const left = this.#entries.filter(({ attachment }) => attachment.id !== id);
    this.#set(wasImplicit ? left.map((entry) => ({ ...entry, implicit: false })) : left);
  }

  /** Removes the attachments of the slash command. */
  removeByCommand(): void {
    if (this.#entries.some(({ byCommand }) => byCommand))
      this.#set(this.#entries.filter(({ byCommand }) => !byCommand));
  }

  async change(action: 'refresh' | 'pin' | 'confirm', id: string): Promise<void> {
    const attachment = this.find(id);
    if (!attachment) return;
    if (action === 'pin') return this.#replace(id, { implicit: false });
    if (action === 'confirm') {
      const blockReason = this.#entries.find((entry) => entry.attachment.id === id)?.blockReason;
      if (blockReason) this.#confirmed.add(confirmationOf(attachment, blockReason));
      return this.#replace(id, { blockReason: undefined });
    }
    const fresh = await this.#sources.refresh(attachment);
    if (!fresh)
      throw new UserError(
        l10n.t('“{0}” is no longer there. What was read before stays attached.', attachment.path),
      );
    this.#replace(id, { attachment: { ...fresh, id }, ...(await this.#judge(fresh)) });
  }

  /**
   * Reads the stored attachments again; what was confirmed must be confirmed anew. Resolves with the names of those that
   * can't be read any more.
   */
  async restore(): Promise<readonly string[]> {
    const remembered = this.#stored?.read() ?? [];
    const lost: string[] = [];
    // The user attached them in this workspace.
    for (const { attachment } of remembered) noteAttached(attachment.uri);
    const followed = remembered.filter(({ implicit }) => implicit).map(({ attachment }) => attachment);
    const selected = followed.length > 0 ? await this.#readSelections(followed) : [];
    const read = await Promise.all(
      remembered.flatMap(({ attachment: before, implicit }): Promise<StoredAttachment>[] => {
        if (!implicit)
          return [this.#sources.refresh(before).then((again = before) => ({ attachment: again, implicit }))];
        // The current selections replace the first implicit attachment.
        return before === followed[0] ? selected.map(async (one) => ({ attachment: one, implicit })) : [];
      }),
    );
    const entries = await Promise.all(
      read.map(async ({ attachment, implicit }) => {
        if (attachment.text !== '' || attachment.image)
          return [
            { attachment, implicit, byCommand: false, isNew: !implicit, ...(await this.#judge(attachment)) },
          ];
        lost.push(attachment.path);
        return [];
      }),
    );
    this.#isRestored = true;
    const restored = entries
      .flat()
      .filter(
        (entry) =>
          !this.#entries.some(
            (newer) => isSamePlace(newer.attachment, entry.attachment) || (newer.implicit && entry.implicit),
          ),
      );
    this.#set([...restored, ...this.#entries]);
    return lost;
  }

  /** Removes and returns all for another chat; attachments of a slash command are made there again from the draft. */
  handOver(): readonly Entry[] {
    const entries = this.#entries.filter(({ byCommand }) => !byCommand);
    this.#set([]);
    return entries;
  }

  /** Adds what `handOver` of another chat returned. */
  takeOver(entries: readonly Entry[]): void {
    this.#set([...this.#entries, ...entries]);
  }

  /** Removes and returns what is sent. Implicit and blocked attachments stay for the next question. */
  take(): readonly Attachment[] {
    const taken = this.sendable;
    const staying = this.#entries.filter(({ implicit, blockReason }) => implicit || blockReason);
    this.#set(
      staying.map((entry) => ({
        ...entry,
        isNew: false,
        attachment: { ...entry.attachment, id: randomUUID() },
      })),
    );
    return taken;
  }

  dispose(): void {
    clearTimeout(this.#following);
    this.#stored?.flush();
    this.#subscriptions.dispose();
  }

  #staysBehind({ implicit, isNew, attachment }: Entry): boolean {
    return implicit && !isNew && this.#isRepeated(attachment);
  }

  #set(entries: readonly Entry[]): void {
    if (entries.length === 0 && this.#entries.length === 0) return;
    this.#entries = entries;
    // Attachments of a slash command are made again from the draft.
    if (this.#isRestored) this.#stored?.write(entries.filter(({ byCommand }) => !byCommand));
    this.#changed.fire();
  }

  #replace(id: string, fields: Partial<Entry>): void {
    this.#set(this.#entries.map((entry) => (entry.attachment.id === id ? { ...entry, ...fields } : entry)));
  }

  async #judge(attachment: Attachment): Promise<Pick<Entry, 'blockReason' | 'isSecret'>> {
    const reason = await this.#sources.blockReason(attachment);
    const isConfirmed = reason && this.#confirmed.has(confirmationOf(attachment, reason));
    return { blockReason: isConfirmed ? undefined : reason, isSecret: reason !== undefined };
  }

  #followSoon(): void {
    if (!this.#entries.some(({ implicit }) => implicit)) return;
    clearTimeout(this.#following);
    this.#following = setTimeout(() => void this.#follow(), followMs);
  }

  async #follow(): Promise<void> {
    const before = this.#entries.filter(({ implicit }) => implicit);
    if (before.length === 0) return;
    const read = await this.#readSelections(before.map(({ attachment }) => attachment));
    // The user may have pinned one of several.
    const unpinned = read.filter(
      (one) => !this.#entries.some(({ implicit, attachment }) => !implicit && isSamePlace(attachment, one)),
    );
    const now = unpinned.length > 0 ? unpinned : read;
    const isAsBefore =
      now.length === before.length &&
      now.every((one, index) => {
        const old = before[index]?.attachment;
        return old && isSamePlace(one, old) && one.text === old.text;
      });
    if (isAsBefore || now.length === 0) return;
    const judged = await Promise.all(now.map((one) => this.#judge(one)));
    // The user may have pinned or removed them meanwhile.
    const ids = new Set(before.map(({ attachment }) => attachment.id));
    const isFollowed = ({ implicit, attachment }: Entry): boolean => implicit && ids.has(attachment.id);
    if (this.#entries.filter(isFollowed).length < before.length) return;
    const fresh = now.map((attachment, index): Entry => {
      const old = before[index] ?? before[0];
      const { blockReason = undefined, isSecret = false } = judged[index] ?? {};
      // A new id, so that a click on the previous attachment does not confirm a secret the user has not seen.
      const id = blockReason || index >= before.length ? randomUUID() : (old?.attachment.id ?? randomUUID());
      const isNew = old?.isNew ?? true;
      return {
        attachment: { ...attachment, id },
        implicit: true,
        byCommand: old?.byCommand ?? false,
        isNew,
        blockReason,
        isSecret,
      };
    });
    const place = this.#entries.findIndex(isFollowed);
    this.#set(this.#entries.filter((entry) => !isFollowed(entry)).toSpliced(place, 0, ...fresh));
  }

  /** The selections; when nothing is selected any more, the attachments as they are in the document now. */
  async #readSelections(before: readonly Attachment[]): Promise<readonly Attachment[]> {
    try {
      return await this.#sources.resolve(selectionId);
    } catch {
      const again = await Promise.all(before.map((one) => this.#sources.refresh(one)));
      return again.filter((one) => one !== undefined);
    }
  }
}

/** Identifies the place of an attachment; for a whole file, lines do not count. */
function placeOf({ uri, path, kind, startLine, endLine }: Attachment): string {
  return JSON.stringify([uri || `${kind}:${path}`, ...(kind === 'file' ? [kind] : [startLine, endLine])]);
}

/** Identifies a confirmation: the reason and the file, or for attachments without a file, the text. */
function confirmationOf(attachment: Attachment, reason: BlockReason): string {
  return JSON.stringify([reason, placeOf(attachment), attachment.uri === '' ? attachment.text : '']);
}

function isSamePlace(one: Attachment, other: Attachment): boolean {
  return one.kind !== 'image' && placeOf(one) === placeOf(other);
}

function describeBlock(reason: BlockReason): string {
  if (reason.kind === 'secret-name')
    return l10n.t('Held back: files of this name often hold passwords or keys.');
  if (reason.kind === 'secret-text')
    return l10n.t('Held back: it seems to hold a secret ({0}).', reason.what);
  if (reason.kind === 'outside') return l10n.t('Held back: a link leads out of the workspace here.');
  if (reason.kind === 'refused-patterns')
    return l10n.t(
      'Held back: {0} has too many patterns, or too slow ones, to say what it excludes.',
      reason.by,
    );
  if (reason.kind === 'hidden-text')
    return l10n.t(
      'Held back: it holds {0}. A model reads them, and you do not see them.',
      describeHidden(reason.hidden),
    );
  return l10n.t('Held back: it is excluded by {0}.', reason.by);
}
