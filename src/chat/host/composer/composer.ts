/** Prepares the next question of a chat: draft, slash command, attachments, model and parameters. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { confirmTyped } from '../../../base/host/hiddenTexts.ts';
import { UserError } from '../../../base/host/userError.ts';
import type { ConnectionState } from '../../../connections/host/connectionState.ts';
import type { ModelLists } from '../../../connections/host/modelLists.ts';
import type { Models } from '../../../connections/host/models.ts';
import { onDidChangeSettings } from '../../../connections/host/settings.ts';
import type { DraftAttachments } from '../../../context/host/draftAttachments.ts';
import type { AskingCommand, SlashCommands } from '../../../prompts/host/slashCommand.ts';
import { createContextMeasure, isRepeated } from '../../common/contextUse.ts';
import {
  type Attachment,
  activeTurns,
  type ConversationSettings,
  type Turn,
} from '../../common/conversation.ts';
import type { AttachmentView, ComposerState } from '../../common/protocol.ts';
import type { Chats } from '../chats.ts';
import type { ReadyQuestion } from '../queuedQuestion.ts';
import type { Notices } from './notices.ts';
import type { Starters } from './starters.ts';

export interface ComposerOptions {
  chats: Chats;
  models: Models;
  notices: Notices;
  lists: ModelLists;
  connectionState: ConnectionState;
  attachments: DraftAttachments;
  commands: SlashCommands;
  starters: Starters;
}

export class Composer {
  readonly #options: ComposerOptions;
  #draft = '';
  #isDraftKnown = false;
  /** The slash command that the draft begins with. `ready`: its attachments are added. */
  #command: { name: string; ready: Promise<void> } | undefined;
  #taking = false;
  #shown: { settings: ConversationSettings; id: string } | undefined;
  /** Whether an attachment is shown as left out, because the request contains it already. */
  #showsRepeated = false;
  readonly #changed = new vscode.EventEmitter<void>();
  /** The state changed, perhaps the attachments too. */
  readonly onDidChange = this.#changed.event;
  readonly #attachmentsChanged = new vscode.EventEmitter<readonly AttachmentView[]>();
  readonly onDidChangeAttachments = this.#attachmentsChanged.event;
  readonly #typed = new vscode.EventEmitter<void>();
  /** The draft changed. */
  readonly onDidType = this.#typed.event;
  readonly #subscriptions: vscode.Disposable;
  /** Shared by the attachments and the meter, for its cache. */
  readonly measure = createContextMeasure();

  constructor(options: ComposerOptions) {
    this.#options = options;
    const { chats, notices, lists, connectionState, attachments, commands, starters } = options;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#attachmentsChanged,
      this.#typed,
      chats.onDidChange(() => this.#onChatsChange()),
      attachments.onDidChange(() => this.#tellAttachments()),
      commands.onDidChange(() => {
        this.#followCommand();
        this.#changed.fire();
      }),
      notices.onDidChange(() => this.#changed.fire()),
      lists.onDidChange(() => this.#changed.fire()),
      connectionState.onDidChange(() => this.#changed.fire()),
      onDidChangeSettings(() => this.#changed.fire()),
      starters.onDidChange(() => this.#changed.fire()),
    );
  }

  get draft(): string {
    return this.#draft;
  }

  /** `undefined` until a draft, perhaps an empty one, is set. */
  get knownDraft(): string | undefined {
    return this.#isDraftKnown ? this.#draft : undefined;
  }

  set draft(text: string) {
    this.#draft = text;
    this.#isDraftKnown = true;
    this.#followCommand();
    this.#typed.fire();
  }

  /** The question as the draft would be sent now, without asking the user anything. */
  async preview(): Promise<ReadyQuestion> {
    const asked = { question: this.#draft, attachments: this.#options.attachments.sendable };
    const parsed = this.#options.commands.parse(this.#draft);
    if (!parsed) return asked;
    if (parsed.command.kind === 'local') return { question: '', attachments: [] };
    const { model, parameters } = parsed.command;
    const prompt = await parsed.command.preview(parsed.rest, asked.attachments).catch(() => undefined);
    return { ...asked, prompt, model, parameters };
  }

  /** Whether the next request contains the attachment already. A slash command repeats it with its prompt. */
  repeats(attachment: Attachment): boolean {
    if (this.#command) return false;
    const { conversation, settings } = this.#options.chats.current;
    const request = {
      history: activeTurns(conversation),
      question: { question: this.#draft, attachments: [], ...settings },
      systemPrompt: settings.systemPrompt,
      summaries: conversation.summaries,
      info: this.#options.models.describe(settings.model),
    };
    return isRepeated(attachment, request, this.measure);
  }

  async state(): Promise<ComposerState> {
    const { model: modelRef, parameters } = this.#options.chats.current.settings;
    const info = this.#options.models.describe(modelRef);
    return {
      connection: await this.#options.connectionState.current(),
      models: await this.#options.models.groups(modelRef),
      modelRef,
      modelName: info.name,
      rules: info.parameters,
      suggested: info.suggested,
      parameters,
      notice: this.#options.notices.for(modelRef),
      attachments: this.#options.attachments.views,
      commands: this.#options.commands.choices,
      imageInput: info.imageInput,
      starters: this.#options.starters.current(),
    };
  }

  /**
   * Makes a question of a text and the attachments, and empties the composer. `undefined`: a local slash command ran, and
   * the text after it is the draft. Throws a `UserError` when the question can't be asked now, a `CancellationError` when
   * the user cancelled; the caller restores the text.
   */
  async take(text: string): Promise<ReadyQuestion | undefined> {
    if (text.trimStart().startsWith('/')) await this.#options.commands.load();
    const parsed = this.#options.commands.parse(text);
    // It would take the attachments of the other question.
    if (this.#taking && parsed?.command.kind !== 'local')
      throw new UserError(l10n.t('The question before is not sent yet: answer what its command asks for.'));
    this.draft = text;
    const ready = this.#command?.ready;
    this.#draft = '';
    if (parsed?.command.kind === 'local') {
      await parsed.command.run(parsed.rest);
      if (parsed.rest !== '') await this.restore({ question: parsed.rest, attachments: [] });
      return undefined;
    }
    this.#taking = true;
    try {
      await ready;
      if (this.#options.attachments.isBlocked)
        throw new UserError(l10n.t('Something attached is held back. Confirm or remove it first.'));
      const asked = await this.reword(text, this.#options.attachments.sendable);
      return { ...asked, attachments: this.#options.attachments.take() };
    } finally {
      this.#taking = false;
      this.#followCommand();
      this.#typed.fire();
    }
  }

  /** The question that is sent for a typed text and these attachments, also when a turn is edited. Throws like `take`. */
  async reword(
    typed: string,
    attachments: readonly Attachment[],
  ): Promise<Omit<ReadyQuestion, 'attachments'>> {
    const question = await confirmTyped(typed);
    if (question === undefined) throw new vscode.CancellationError();
    const parsed = this.#options.commands.parse(question);
    if (parsed?.command.kind !== 'ask') return { question };
    const prompt = await parsed.command.prompt(parsed.rest, attachments);
    if (prompt === undefined) throw new vscode.CancellationError();
    const { model, parameters } = parsed.command;
    return { question, prompt, model, parameters };
  }

  /** Restores a question that was not asked, above the draft. */
  async restore({ question, attachments }: Pick<Turn, 'question' | 'attachments'>): Promise<void> {
    this.draft = [question, this.#draft].filter((part) => part !== '').join('\n\n');
    await this.#options.attachments.add(attachments);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Attaches what the command brings while its question is being typed. */
  #followCommand(): void {
    // The question that is being sent keeps its attachments.
    if (this.#taking) return;
    const command = this.#options.commands.parse(this.#draft)?.command;
    if (command?.name === this.#command?.name) return;
    this.#options.attachments.removeByCommand();
    this.#command = undefined;
    this.#followRepeated();
    if (command?.kind !== 'ask') return;
    const ready = this.#attachFor(command);
    // Ignore early failures: `take` tries again and reports them.
    ready.catch(() => {
      if (this.#command?.ready === ready) this.#command = undefined;
    });
    this.#command = { name: command.name, ready };
    this.#followRepeated();
  }

  async #attachFor(command: AskingCommand): Promise<void> {
    const isWanted = (): boolean => this.#command?.name === command.name;
    const attachments = await command.attachments();
    if (isWanted()) await this.#options.attachments.add(attachments, { byCommand: true, isWanted });
  }

  /** Fires only when the settings or the conversation change, not at each event. */
  #onChatsChange(): void {
    this.#followRepeated();
    const { settings, id } = this.#options.chats.current.conversation;
    if (this.#shown?.settings === settings && this.#shown.id === id) return;
    this.#shown = { settings, id };
    this.#changed.fire();
  }

  #followRepeated(): void {
    if (this.#options.attachments.hasRepeated !== this.#showsRepeated) this.#tellAttachments();
  }

  #tellAttachments(): void {
    const { views } = this.#options.attachments;
    this.#showsRepeated = views.some(({ ready }) => ready?.repeated);
    this.#attachmentsChanged.fire(views);
  }
}
