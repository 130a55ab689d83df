/** What stands ready for the next question: draft, attached code, model and parameters. */

import * as vscode from 'vscode';
import type { Attachment, ConversationSettings } from '../core/conversation.ts';
import type { ComposerState } from '../core/protocol.ts';
import type { Chats } from './chats.ts';
import type { ConnectionState } from './connectionState.ts';
import type { ModelLists } from './modelLists.ts';
import type { Models } from './models.ts';
import type { Notices } from './notices.ts';
import type { QueuedQuestion } from './queuedQuestion.ts';
import { onDidChangeSettings } from './settings.ts';
import { toAttachmentView } from './views.ts';

export interface ComposerOptions {
  chats: Chats;
  models: Models;
  notices: Notices;
  lists: ModelLists;
  connectionState: ConnectionState;
}

export class Composer {
  /** As the user last typed it. */
  #draft = '';
  #attachments: readonly Attachment[] = [];
  readonly #chats: Chats;
  #shown: { settings: ConversationSettings; id: string } | undefined;
  readonly #models: Models;
  readonly #notices: Notices;
  readonly #connectionState: ConnectionState;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #typed = new vscode.EventEmitter<void>();
  /** The draft is different. */
  readonly onDidType = this.#typed.event;
  readonly #subscriptions: vscode.Disposable;

  constructor({ chats, models, notices, lists, connectionState }: ComposerOptions) {
    this.#chats = chats;
    this.#models = models;
    this.#notices = notices;
    this.#connectionState = connectionState;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#typed,
      chats.onDidChange(() => this.#onChatsChange()),
      notices.onDidChange(() => this.#changed.fire()),
      lists.onDidChange(() => this.#changed.fire()),
      connectionState.onDidChange(() => this.#changed.fire()),
      onDidChangeSettings(() => this.#changed.fire()),
    );
  }

  get draft(): string {
    return this.#draft;
  }

  set draft(text: string) {
    this.#draft = text;
    this.#typed.fire();
  }

  get attachments(): readonly Attachment[] {
    return this.#attachments;
  }

  async state(): Promise<ComposerState> {
    const { model: modelRef, parameters } = this.#chats.current.settings;
    const info = this.#models.describe(modelRef);
    return {
      connection: await this.#connectionState.current(),
      models: await this.#models.groups(modelRef),
      modelRef,
      modelName: info.name,
      rules: info.parameters,
      suggested: info.suggested,
      parameters,
      notice: this.#notices.for(modelRef),
      attachments: this.#attachments.map(toAttachmentView),
    };
  }

  attach(attachment: Attachment): void {
    const same = (other: Attachment): boolean =>
      other.uri === attachment.uri &&
      other.startLine === attachment.startLine &&
      other.endLine === attachment.endLine;
    this.#attachments = [...this.#attachments.filter((other) => !same(other)), attachment];
    this.#changed.fire();
  }

  remove(id: string): void {
    this.#attachments = this.#attachments.filter((attachment) => attachment.id !== id);
    this.#changed.fire();
  }

  find(id: string): Attachment | undefined {
    return this.#attachments.find((attachment) => attachment.id === id);
  }

  /** Hands the attachments over to a question; the composer is empty then. */
  take(): readonly Attachment[] {
    const attachments = this.#attachments;
    this.#attachments = [];
    this.draft = '';
    if (attachments.length > 0) this.#changed.fire();
    return attachments;
  }

  /** A question that is not asked after all; what is being typed already stays, below it. */
  takeBack({ text, attachments }: Pick<QueuedQuestion, 'text' | 'attachments'>): void {
    for (const attachment of attachments) this.attach(attachment);
    this.draft = [text, this.draft].filter((part) => part !== '').join('\n\n');
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Only what panels show of a conversation beside the composer: not each of its events. */
  #onChatsChange(): void {
    const { settings, id } = this.#chats.current.conversation;
    if (this.#shown?.settings === settings && this.#shown.id === id) return;
    this.#shown = { settings, id };
    this.#changed.fire();
  }
}
