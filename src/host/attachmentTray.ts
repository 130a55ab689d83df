/** What is attached to the next question: pinned, following the editor, brought by a slash command, or held back. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Attachment } from '../core/conversation.ts';
import type { AttachmentView } from '../core/protocol.ts';
import { type ContextSources, type HoldReason, selectionId } from './context/contextSources.ts';
import { UserError } from './userError.ts';
import { toAttachmentView } from './views.ts';

interface Entry {
  attachment: Attachment;
  /** It follows the editor until it is pinned. */
  live: boolean;
  byCommand: boolean;
  held: HoldReason | undefined;
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
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;
  #following: NodeJS.Timeout | undefined;

  constructor(sources: ContextSources) {
    this.#sources = sources;
    const follow = (): void => this.#followSoon();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.window.onDidChangeTextEditorSelection(follow),
      vscode.window.onDidChangeActiveTextEditor(follow),
      vscode.workspace.onDidChangeTextDocument(follow),
    );
  }

  /** What the next question takes along: all but what is held back. */
  get sendable(): readonly Attachment[] {
    return this.#entries.filter(({ held }) => held === undefined).map(({ attachment }) => attachment);
  }

  /** Whether the user must decide about something before the question can go. */
  get isHeld(): boolean {
    return this.#entries.some(({ held, live }) => held !== undefined && !live);
  }

  get views(): readonly AttachmentView[] {
    return this.#entries.map(({ attachment, live, byCommand, held }) => ({
      ...toAttachmentView(attachment),
      ready: {
        live,
        byCommand,
        canRefresh: attachment.kind !== 'image',
        held: held && describeHold(held),
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
        held: await this.#holdReason(attachment),
      })),
    );
    if (!isWanted()) return;
    const known = this.#entries.filter(
      (entry) =>
        !(live && entry.live) && !added.some((other) => isSamePlace(entry.attachment, other.attachment)),
    );
    this.#set([...known, ...added]);
  }

  remove(id: string): void {
    this.#set(this.#entries.filter(({ attachment }) => attachment.id !== id));
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
    this.#replace(id, { attachment: { ...fresh, id }, held: await this.#holdReason(fresh) });
  }

  /** Hands over what is sent. What follows the editor, and what is held back, stays for the next question. */
  take(): readonly Attachment[] {
    const taken = this.sendable;
    const staying = this.#entries.filter(({ live, held }) => live || held);
    this.#set(staying.map((entry) => ({ ...entry, attachment: { ...entry.attachment, id: randomUUID() } })));
    return taken;
  }

  dispose(): void {
    clearTimeout(this.#following);
    this.#subscriptions.dispose();
  }

  #set(entries: readonly Entry[]): void {
    if (entries.length === 0 && this.#entries.length === 0) return;
    this.#entries = entries;
    this.#changed.fire();
  }

  #replace(id: string, fields: Partial<Entry>): void {
    this.#set(this.#entries.map((entry) => (entry.attachment.id === id ? { ...entry, ...fields } : entry)));
  }

  async #holdReason(attachment: Attachment): Promise<HoldReason | undefined> {
    const reason = await this.#sources.holdReason(attachment);
    return reason && this.#confirmed.has(confirmationOf(attachment, reason)) ? undefined : reason;
  }

  #followSoon(): void {
    if (!this.#entries.some(({ live }) => live)) return;
    clearTimeout(this.#following);
    this.#following = setTimeout(() => void this.#follow(), followMs);
  }

  async #follow(): Promise<void> {
    const before = this.#entries.find(({ live }) => live)?.attachment;
    const now = before && (await this.#readSelection(before));
    if (!before || !now || (isSamePlace(now, before) && now.text === before.text)) return;
    const held = await this.#holdReason(now);
    // The user may have pinned or removed it meanwhile.
    const entry = this.#entries.find(({ attachment, live }) => live && attachment.id === before.id);
    // What a person confirms is what they saw: a click on what stood there before must not count for a secret.
    const id = held ? randomUUID() : before.id;
    if (entry) this.#replace(before.id, { attachment: { ...now, id }, held });
  }

  /** Where nothing is selected any more, what was stays, as the document has it now. */
  async #readSelection(before: Attachment): Promise<Attachment | undefined> {
    try {
      return (await this.#sources.resolve(selectionId))[0];
    } catch {
      return this.#sources.refresh(before);
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
  return l10n.t('Held back: it is excluded by {0}.', reason.by);
}
