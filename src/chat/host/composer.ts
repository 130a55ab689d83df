/** What stands ready for the next question: draft, slash command, attachments, model and parameters. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { confirmTyped } from '../../base/host/hiddenTexts.ts';
import { UserError } from '../../base/host/userError.ts';
import type { ConnectionState } from '../../connections/host/connectionState.ts';
import type { ModelLists } from '../../connections/host/modelLists.ts';
import type { Models } from '../../connections/host/models.ts';
import { onDidChangeSettings } from '../../connections/host/settings.ts';
import type { AttachmentTray } from '../../context/host/attachmentTray.ts';
import type { AskingCommand, SlashCommands } from '../../prompts/host/slashCommand.ts';
import { createContextMeasure } from '../common/contextUse.ts';
import {
  type Attachment,
  activeTurns,
  type ConversationSettings,
  type Turn,
} from '../common/conversation.ts';
import type { AttachmentView, ComposerState } from '../common/protocol.ts';
import { isRepeated } from '../common/repeated.ts';
import type { Chats } from './chats.ts';
import type { Notices } from './notices.ts';
import type { ReadyQuestion } from './queuedQuestion.ts';
import type { Starters } from './starters.ts';

export interface ComposerOptions {
  chats: Chats;
  models: Models;
  notices: Notices;
  lists: ModelLists;
  connectionState: ConnectionState;
  tray: AttachmentTray;
  commands: SlashCommands;
  starters: Starters;
}

export class Composer {
  /** As the user last typed it. */
  #draft = '';
  #isDraftKnown = false;
  /** The slash command the draft begins with, and its attachments on their way. */
  #command: { name: string; ready: Promise<void> } | undefined;
  #taking = false;
  readonly #tray: AttachmentTray;
  readonly #commands: SlashCommands;
  readonly #chats: Chats;
  #shown: { settings: ConversationSettings; id: string } | undefined;
  /** Whether a chip says that it stays behind, as the conversation holds it already. */
  #showsRepeated = false;
  readonly #models: Models;
  readonly #notices: Notices;
  readonly #connectionState: ConnectionState;
  readonly #starters: Starters;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Other things than attachments, perhaps those too. */
  readonly onDidChange = this.#changed.event;
  readonly #attachmentsChanged = new vscode.EventEmitter<readonly AttachmentView[]>();
  readonly onDidChangeAttachments = this.#attachmentsChanged.event;
  readonly #typed = new vscode.EventEmitter<void>();
  /** The draft is different. */
  readonly onDidType = this.#typed.event;
  readonly #subscriptions: vscode.Disposable;
  /** How full a request is; remembers it for the attachments and the meter. */
  readonly measure = createContextMeasure();

  constructor({ chats, models, notices, lists, connectionState, tray, commands, starters }: ComposerOptions) {
    this.#tray = tray;
    this.#commands = commands;
    this.#chats = chats;
    this.#models = models;
    this.#notices = notices;
    this.#connectionState = connectionState;
    this.#starters = starters;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#attachmentsChanged,
      this.#typed,
      chats.onDidChange(() => this.#onChatsChange()),
      tray.onDidChange(() => this.#tellAttachments()),
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

  /** `undefined`: nobody has told of one since the window opened, not even that it is empty. */
  get knownDraft(): string | undefined {
    return this.#isDraftKnown ? this.#draft : undefined;
  }

  set draft(text: string) {
    this.#draft = text;
    this.#isDraftKnown = true;
    this.#followCommand();
    this.#typed.fire();
  }

  /** What would be sent with the draft now, as far as it is known without asking the user. */
  async preview(): Promise<ReadyQuestion> {
    const asked = { question: this.#draft, attachments: this.#tray.sendable };
    const parsed = this.#commands.parse(this.#draft);
    if (!parsed) return asked;
    // One that runs here sends nothing.
    if (parsed.command.kind === 'local') return { question: '', attachments: [] };
    const { model, parameters } = parsed.command;
    const prompt = await parsed.command.preview(parsed.rest, asked.attachments).catch(() => undefined);
    return { ...asked, prompt, model, parameters };
  }

  /** Whether the next request holds it anyway. A slash command has it beside its own words all the same. */
  repeats(attachment: Attachment): boolean {
    if (this.#command) return false;
    const { conversation, settings } = this.#chats.current;
    const request = {
      history: activeTurns(conversation),
      question: { question: this.#draft, attachments: [], ...settings },
      systemPrompt: settings.systemPrompt,
      summaries: conversation.summaries,
      info: this.#models.describe(settings.model),
    };
    return isRepeated(attachment, request, this.measure);
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
      attachments: this.#tray.views,
      commands: this.#commands.choices,
      imageInput: info.imageInput,
      starters: this.#starters.current(),
    };
  }

  /**
   * Makes a question of a text and what is attached; the composer is empty then. `undefined`: a slash command ran at
   * once; what stood behind it is the draft then. Throws when it can't be asked now (`UserError`), or when the user gave up (`CancellationError`); the text is
   * the caller's to put back.
   */
  async take(text: string): Promise<ReadyQuestion | undefined> {
    if (text.trimStart().startsWith('/')) await this.#commands.load();
    const parsed = this.#commands.parse(text);
    // Else it would take along what is attached to the other one.
    if (this.#taking && parsed?.command.kind !== 'local')
      throw new UserError(l10n.t('The question before is not sent yet: answer what its command asks for.'));
    this.draft = text;
    const ready = this.#command?.ready;
    this.#draft = '';
    if (parsed?.command.kind === 'local') {
      await parsed.command.run(parsed.rest);
      // It asks nothing: what stands behind it is for the next question.
      if (parsed.rest !== '') await this.restore({ question: parsed.rest, attachments: [] });
      return undefined;
    }
    this.#taking = true;
    try {
      await ready;
      if (this.#tray.isHeld)
        throw new UserError(l10n.t('Something attached is held back. Confirm or remove it first.'));
      const asked = await this.reword(text, this.#tray.sendable);
      return { ...asked, attachments: this.#tray.take() };
    } finally {
      this.#taking = false;
      this.#followCommand();
      this.#typed.fire();
    }
  }

  /** What is sent of a text, beside these attachments: also for one that takes an earlier question's place. Throws like `take`. */
  async reword(
    typed: string,
    attachments: readonly Attachment[],
  ): Promise<Omit<ReadyQuestion, 'attachments'>> {
    const question = await confirmTyped(typed);
    if (question === undefined) throw new vscode.CancellationError();
    const parsed = this.#commands.parse(question);
    if (parsed?.command.kind !== 'ask') return { question };
    const prompt = await parsed.command.prompt(parsed.rest, attachments);
    if (prompt === undefined) throw new vscode.CancellationError();
    const { model, parameters } = parsed.command;
    return { question, prompt, model, parameters };
  }

  /** Takes back what was not asked; what is being typed already stays, below. */
  async restore({ question, attachments }: Pick<Turn, 'question' | 'attachments'>): Promise<void> {
    this.draft = [question, this.#draft].filter((part) => part !== '').join('\n\n');
    await this.#tray.add(attachments);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Brings what the command takes along into sight while its question is still being typed. */
  #followCommand(): void {
    // What was sent keeps its attachments, whatever is being typed already.
    if (this.#taking) return;
    const command = this.#commands.parse(this.#draft)?.command;
    if (command?.name === this.#command?.name) return;
    this.#tray.removeByCommand();
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
    if (isWanted()) await this.#tray.add(attachments, { byCommand: true, isWanted });
  }

  /** Only what panels show of a conversation beside the composer: not each of its events. */
  #onChatsChange(): void {
    this.#followRepeated();
    const { settings, id } = this.#chats.current.conversation;
    if (this.#shown?.settings === settings && this.#shown.id === id) return;
    this.#shown = { settings, id };
    this.#changed.fire();
  }

  #followRepeated(): void {
    if (this.#tray.hasRepeated !== this.#showsRepeated) this.#tellAttachments();
  }

  #tellAttachments(): void {
    const { views } = this.#tray;
    this.#showsRepeated = views.some(({ ready }) => ready?.repeated);
    this.#attachmentsChanged.fire(views);
  }
}
