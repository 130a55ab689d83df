/** What is attached to the next question: pinned, following the editor, brought by a slash command, or held back. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { describeHidden } from '../../base/host/hiddenTexts.ts';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import type { AttachmentView } from '../../chat/common/protocol.ts';
import { toAttachmentView } from '../../chat/host/turnViews.ts';
import { noteAttached } from './attachedHere.ts';
import type { ChipMemory } from './chipMemory.ts';
import { type ContextSources, type HoldReason, selectionId } from './contextSources.ts';

interface Entry {
  attachment: Attachment;
  /** It follows the editor until it is pinned. */
  live: boolean;
  byCommand: boolean;
  /** The user attached it since the last question: it goes along, whatever the conversation holds. */
  isNew: boolean;
  held: HoldReason | undefined;
  /** There is a reason to hold it back, even if the user confirmed it. */
  isSecret: boolean;
}

export interface AttachmentTrayOptions {
  sources: ContextSources;
  /** Where the chips survive the window. */
  memory?: ChipMemory;
  /** Whether the next request holds it anyway; asked of what follows the editor, which nobody attached twice. */
  isRepeated?(attachment: Attachment): boolean;
}

export interface AddOptions {
  live?: boolean;
  byCommand?: boolean;
  isWanted?(): boolean;
}

/** Milliseconds after a change in the editor until what follows it is read again. */
const followMs = 60;

export class AttachmentTray implements vscode.Disposable {
  #entries: readonly Entry[] = [];
  /** What the user confirmed; it is not held back again. */
  readonly #confirmed = new Set<string>();
  readonly #sources: ContextSources;
  readonly #memory: ChipMemory | undefined;
  readonly #isRepeated: (attachment: Attachment) => boolean;
  /** Until then the memory holds more than the tray. */
  #isRestored = false;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;
  #following: NodeJS.Timeout | undefined;

  constructor({ sources, memory, isRepeated = () => false }: AttachmentTrayOptions) {
    this.#sources = sources;
    this.#memory = memory;
    this.#isRepeated = isRepeated;
    const follow = (): void => this.#followSoon();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.window.onDidChangeTextEditorSelection(follow),
      vscode.window.onDidChangeActiveTextEditor(follow),
      vscode.workspace.onDidChangeTextDocument(follow),
    );
  }

  /** What the next question takes along: all but what is held back, or follows the editor and was sent as it is. */
  get sendable(): readonly Attachment[] {
    return this.#entries
      .filter((entry) => entry.held === undefined && !this.#staysBehind(entry))
      .map(({ attachment }) => attachment);
  }

  /** Whether what follows the editor stays behind, as the next request holds it anyway. */
  get hasRepeated(): boolean {
    return this.#entries.some((entry) => this.#staysBehind(entry));
  }

  /** Whether the user must decide about something before the question can go. */
  get isHeld(): boolean {
    return this.#entries.some(({ held, live }) => held !== undefined && !live);
  }

  get views(): readonly AttachmentView[] {
    return this.#entries.map((entry) => ({
      ...toAttachmentView(entry.attachment),
      ready: {
        live: entry.live,
        byCommand: entry.byCommand,
        canRefresh: entry.attachment.kind !== 'image',
        held: entry.held && describeHold(entry.held),
        repeated: this.#staysBehind(entry),
      },
    }));
  }

  find(id: string): Attachment | undefined {
    return this.#entries.find(({ attachment }) => attachment.id === id)?.attachment;
  }

  /**
   * What is the same place of the same file takes the place of what was there. `isWanted`: asked once all is known about
   * them, which takes a while; if not, nothing is added.
   */
  async add(
    attachments: readonly Attachment[],
    { live = false, byCommand = false, isWanted = () => true }: AddOptions = {},
  ): Promise<void> {
    // What the user attached stays theirs, and is not taken away with a command.
    const isTheirs = (attachment: Attachment): boolean =>
      this.#entries.some((entry) => !entry.byCommand && isSamePlace(entry.attachment, attachment));
    const wanted = byCommand ? attachments.filter((attachment) => !isTheirs(attachment)) : attachments;
    const added = await Promise.all(
      wanted.map(async (attachment) => ({
        attachment,
        live,
        byCommand,
        isNew: true,
        ...(await this.#judge(attachment)),
      })),
    );
    if (!isWanted()) return;
    const known = this.#entries.filter(
      (entry) =>
        !(live && entry.live) && !added.some((other) => isSamePlace(entry.attachment, other.attachment)),
    );
    this.#set([...known, ...added]);
  }

  /** What is left of several that follow the editor is what the user wants: it would come back with the next key. */
  remove(id: string): void {
    const wasLive = this.#entries.some(({ live, attachment }) => live && attachment.id === id);
    const left = this.#entries.filter(({ attachment }) => attachment.id !== id);
    this.#set(wasLive ? left.map((entry) => ({ ...entry, live: false })) : left);
  }

  /** Those a slash command brought. */
  removeByCommand(): void {
    if (this.#entries.some(({ byCommand }) => byCommand))
      this.#set(this.#entries.filter(({ byCommand }) => !byCommand));
  }

  async change(action: 'refresh' | 'pin' | 'confirm', id: string): Promise<void> {
    const attachment = this.find(id);
    if (!attachment) return;
    if (action === 'pin') return this.#replace(id, { live: false });
    if (action === 'confirm') {
      const held = this.#entries.find((entry) => entry.attachment.id === id)?.held;
      if (held) this.#confirmed.add(confirmationOf(attachment, held));
      return this.#replace(id, { held: undefined });
    }
    const fresh = await this.#sources.refresh(attachment);
    if (!fresh)
      throw new UserError(
        l10n.t('“{0}” is no longer there. What was read before stays attached.', attachment.path),
      );
    this.#replace(id, { attachment: { ...fresh, id }, ...(await this.#judge(fresh)) });
  }

  /**
   * Brings back what stood here when the window closed, as it is now; what was confirmed then is asked about again.
   * Resolves with the names of what can't be read any more.
   */
  async restore(): Promise<readonly string[]> {
    const remembered = this.#memory?.read() ?? [];
    const lost: string[] = [];
    // They are the user's own, attached in this workspace.
    for (const { attachment } of remembered) noteAttached(attachment.uri);
    const followed = remembered.filter(({ live }) => live).map(({ attachment }) => attachment);
    const selected = followed.length > 0 ? await this.#readSelections(followed) : [];
    const read = await Promise.all(
      remembered.flatMap(({ attachment: before, live }) => {
        if (!live) return [this.#readAgain(before)];
        // All that is selected takes the place of the first that followed the editor.
        return before === followed[0] ? selected.map(async (one) => ({ attachment: one, live })) : [];
      }),
    );
    const entries = await Promise.all(
      read.map(async ({ attachment, live }) => {
        if (attachment.text !== '' || attachment.image)
          return [{ attachment, live, byCommand: false, isNew: !live, ...(await this.#judge(attachment)) }];
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
            (newer) => isSamePlace(newer.attachment, entry.attachment) || (newer.live && entry.live),
          ),
      );
    this.#set([...restored, ...this.#entries]);
    return lost;
  }

  /** Gives everything away, to stand in another chat; what a slash command brought comes there with the draft. */
  handOver(): readonly Entry[] {
    const entries = this.#entries.filter(({ byCommand }) => !byCommand);
    this.#set([]);
    return entries;
  }

  /** Takes what another chat gave away, as it stood there. */
  takeOver(entries: readonly Entry[]): void {
    this.#set([...this.#entries, ...entries]);
  }

  /** Hands over what is sent. What follows the editor, and what is held back, stays for the next question. */
  take(): readonly Attachment[] {
    const taken = this.sendable;
    const staying = this.#entries.filter(({ live, held }) => live || held);
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
    this.#memory?.flush();
    this.#subscriptions.dispose();
  }

  #staysBehind({ live, isNew, attachment }: Entry): boolean {
    return live && !isNew && this.#isRepeated(attachment);
  }

  #set(entries: readonly Entry[]): void {
    if (entries.length === 0 && this.#entries.length === 0) return;
    this.#entries = entries;
    // What a slash command brought comes back with the draft.
    if (this.#isRestored) this.#memory?.write(entries.filter(({ byCommand }) => !byCommand));
    this.#changed.fire();
  }

  #replace(id: string, fields: Partial<Entry>): void {
    this.#set(this.#entries.map((entry) => (entry.attachment.id === id ? { ...entry, ...fields } : entry)));
  }

  async #judge(attachment: Attachment): Promise<Pick<Entry, 'held' | 'isSecret'>> {
    const reason = await this.#sources.holdReason(attachment);
    const isConfirmed = reason && this.#confirmed.has(confirmationOf(attachment, reason));
    return { held: isConfirmed ? undefined : reason, isSecret: reason !== undefined };
  }

  #followSoon(): void {
    if (!this.#entries.some(({ live }) => live)) return;
    clearTimeout(this.#following);
    this.#following = setTimeout(() => void this.#follow(), followMs);
  }

  async #follow(): Promise<void> {
    const before = this.#entries.filter(({ live }) => live);
    if (before.length === 0) return;
    const read = await this.#readSelections(before.map(({ attachment }) => attachment));
    // One of several may be pinned.
    const unpinned = read.filter(
      (one) => !this.#entries.some(({ live, attachment }) => !live && isSamePlace(attachment, one)),
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
    const isFollowed = ({ live, attachment }: Entry): boolean => live && ids.has(attachment.id);
    if (this.#entries.filter(isFollowed).length < before.length) return;
    const fresh = now.map((attachment, index): Entry => {
      const old = before[index] ?? before[0];
      const { held = undefined, isSecret = false } = judged[index] ?? {};
      // What a person confirms is what they saw: a click on what stood there before must not count for a secret.
      const id = held || index >= before.length ? randomUUID() : (old?.attachment.id ?? randomUUID());
      const isNew = old?.isNew ?? true;
      return {
        attachment: { ...attachment, id },
        live: true,
        byCommand: old?.byCommand ?? false,
        isNew,
        held,
        isSecret,
      };
    });
    const place = this.#entries.findIndex(isFollowed);
    this.#set(this.#entries.filter((entry) => !isFollowed(entry)).toSpliced(place, 0, ...fresh));
  }

  async #readAgain(before: Attachment): Promise<{ attachment: Attachment; live: boolean }> {
    return { attachment: (await this.#sources.refresh(before)) ?? before, live: false };
  }

  /** Where nothing is selected any more, what was stays, as the document has it now. */
  async #readSelections(before: readonly Attachment[]): Promise<readonly Attachment[]> {
    try {
      return await this.#sources.resolve(selectionId);
    } catch {
      const again = await Promise.all(before.map((one) => this.#sources.refresh(one)));
      return again.filter((one) => one !== undefined);
    }
  }
}

/** A whole file stays the same when it has other lines. */
function placeOf({ uri, path, kind, startLine, endLine }: Attachment): string {
  return JSON.stringify([uri || `${kind}:${path}`, ...(kind === 'file' ? [kind] : [startLine, endLine])]);
}

/** For this reason: a file, whatever it holds by now; of a clipboard or terminal, this text alone. */
function confirmationOf(attachment: Attachment, reason: HoldReason): string {
  return JSON.stringify([reason, placeOf(attachment), attachment.uri === '' ? attachment.text : '']);
}

function isSamePlace(one: Attachment, other: Attachment): boolean {
  return one.kind !== 'image' && placeOf(one) === placeOf(other);
}

function describeHold(reason: HoldReason): string {
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
