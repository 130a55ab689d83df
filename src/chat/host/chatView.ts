/** One visible chat, in the side bar or a tab: its conversation, composer, attachments and context meter. */

import * as vscode from 'vscode';
import { showWarningMessage } from '../../base/host/window/messages.ts';
import type { ContextSources } from '../../context/host/contextSources.ts';
import { DraftAttachments } from '../../context/host/draftAttachments.ts';
import { createStoredAttachments } from '../../context/host/storedAttachments.ts';
import type { HostMessage } from '../common/protocol.ts';
import type { ChatSession } from './chatSession.ts';
import { Chats, type ChatsOptions } from './chats.ts';
import { Composer, type ComposerOptions } from './composer/composer.ts';
import { ContextMeter } from './composer/contextMeter.ts';
import { createShowRequest, type ShowMessage } from './showRequest.ts';

export interface ChatViewOptions extends ChatsOptions, Omit<ComposerOptions, 'chats' | 'attachments'> {
  sources: ContextSources;
  log: vscode.LogOutputChannel;
}

/** The VS Code view or tab of a chat. */
export interface ChatSurface {
  readonly visible: boolean;
  /** Whether it is the active tab. */
  readonly active: boolean;
  reveal(): Promise<void>;
  /** Called when title or state changes. `waiting`: a queued question waits for the user. */
  show(title: string, state: 'idle' | 'running' | 'waiting'): void;
}

export class ChatView implements vscode.Disposable {
  readonly chats: Chats;
  readonly composer: Composer;
  readonly attachments: DraftAttachments;
  readonly meter: ContextMeter;
  readonly #showRequest = createShowRequest();
  readonly #subscriptions: vscode.Disposable;
  #surface: ChatSurface | undefined;
  #shown = '';

  /** `session`: shown by no other chat. */
  constructor(options: ChatViewOptions, session: ChatSession) {
    const chats = new Chats(options, session);
    const post = (message: HostMessage): void => chats.post(message);
    this.chats = chats;
    this.attachments = new DraftAttachments({
      sources: options.sources,
      stored: createStoredAttachments(options.state),
      isRepeated: (attachment) => this.composer.repeats(attachment),
    });
    this.composer = new Composer({ ...options, chats, attachments: this.attachments });
    this.meter = new ContextMeter({ chats, composer: this.composer, models: options.models, post });
    this.#subscriptions = vscode.Disposable.from(
      chats.onDidChange(() => this.#showState()),
      this.composer.onDidChangeAttachments((attachments) =>
        post({ type: 'attachments-change', attachments }),
      ),
      this.composer.onDidChange(async () =>
        post({ type: 'composer-change', composer: await this.composer.state() }),
      ),
    );
    void this.#restoreAttachments(options.log);
  }

  get active(): boolean {
    return this.#surface?.active ?? false;
  }

  get visible(): boolean {
    return this.#surface?.visible ?? false;
  }

  /** Posts to the page. Without a page, only show requests are kept. */
  post(message: HostMessage): void {
    this.#showRequest.keep(message);
    this.chats.post(message);
  }

  /** Reveals the chat. */
  async reveal(): Promise<void> {
    await this.#surface?.reveal();
  }

  /** Reveals the chat and posts the message to it. */
  async show(message: ShowMessage = { type: 'composer-focus' }): Promise<void> {
    await this.reveal();
    this.post(message);
  }

  /** Returns and clears the show request that waits for the page. */
  takeShowRequest(): ShowMessage | undefined {
    return this.#showRequest.take();
  }

  /** Drops the show request, because the user acted. */
  dropShowRequest(): void {
    this.#showRequest.drop();
  }

  stand(surface: ChatSurface): void {
    this.#surface = surface;
    this.#shown = '';
    this.#showState();
  }

  /** A running answer continues. */
  dispose(): void {
    this.#subscriptions.dispose();
    this.meter.dispose();
    this.composer.dispose();
    this.attachments.dispose();
    this.chats.dispose();
  }

  #showState(): void {
    const { view, busy, queued } = this.chats.current;
    const state = busy ? 'running' : queued?.held ? 'waiting' : 'idle';
    const shown = `${state} ${view.title}`;
    if (!this.#surface || shown === this.#shown) return;
    this.#shown = shown;
    this.#surface.show(view.title, state);
  }

  async #restoreAttachments(log: vscode.LogOutputChannel): Promise<void> {
    try {
      const lost = await this.attachments.restore();
      if (lost.length === 0) return;
      void showWarningMessage(
        vscode.l10n.t('No longer attached after the reload: {0}. Attach it again.', lost.join(', ')),
      );
    } catch (error) {
      log.warn(`What was attached is not restored: ${error instanceof Error ? error.message : error}`);
    }
  }
}
