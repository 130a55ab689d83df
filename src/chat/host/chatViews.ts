/** The chats on the screen: one in the side bar, and any number in tabs. Commands act on the one used last. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import * as z from 'zod';
import { showInformationMessage } from '../../base/host/window/messages.ts';
import type { Conversation } from '../common/conversation.ts';
import type { ChatSession } from './chatSession.ts';
import { type ChatSurface, ChatView, type ChatViewOptions } from './chatView.ts';
import { createLastConversation } from './history/lastConversation.ts';
import { createScopedMemory, type ScopedMemory } from './scopedMemory.ts';

export interface ChatViewsOptions extends Omit<ChatViewOptions, 'memory' | 'elsewhere'> {
  /** Of this workspace. */
  memory: vscode.Memento;
  /** Where the chat of the side bar stands. */
  sideBar: ChatSurface;
  /** Opens a tab in which the chat stands. */
  openTab(view: ChatView): void;
}

const keptSchema = z.object({ tab: z.string().optional(), draft: z.string().optional() });

export class ChatViews implements vscode.Disposable {
  readonly #options: ChatViewsOptions;
  readonly #tabs = new Map<ChatView, { id: string; memory: ScopedMemory }>();
  readonly sideBar: ChatView;
  #used: ChatView;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Another chat is the active one, or something about it is different. */
  readonly onDidChange = this.#changed.event;

  static async open(options: ChatViewsOptions): Promise<ChatViews> {
    const { history, memory } = options;
    return new ChatViews(options, await createLastConversation(history, memory).open());
  }

  private constructor(options: ChatViewsOptions, last: Conversation | undefined) {
    this.#options = options;
    this.sideBar = this.#createView(options.memory, options.sessions.create(last));
    this.#used = this.sideBar;
    this.sideBar.stand(options.sideBar);
  }

  /** The chat used last, if it is to be seen; else one in a tab that is, else that of the side bar. */
  get active(): ChatView {
    return [this.#used, ...this.#tabs.keys()].find(({ visible }) => visible) ?? this.sideBar;
  }

  /**
   * The chat in whose title bar a command was chosen, else the active one. `args`: of the command. From the title bar of a
   * tab, VS Code passes the tab's address; from that of a view, a single `null`.
   */
  meant(args: readonly unknown[]): ChatView {
    const [first] = args;
    const tab = first instanceof vscode.Uri && first.scheme === 'webview-panel';
    if (tab) return [...this.#tabs.keys()].find(({ active }) => active) ?? this.active;
    return args.length > 0 && (first ?? undefined) === undefined ? this.sideBar : this.active;
  }

  get all(): readonly ChatView[] {
    return [this.sideBar, ...this.#tabs.keys()];
  }

  /** The chat that shows this conversation. */
  showing(id: string): ChatView | undefined {
    return this.all.find(({ chats }) => chats.current.conversation.id === id);
  }

  /** What keeps the chat's place across a reload: the page of a tab remembers it. */
  idOf(view: ChatView): string | undefined {
    return this.#tabs.get(view)?.id;
  }

  /** The user works in this chat. */
  use(view: ChatView): void {
    if (this.#used === view) return;
    this.#used = view;
    this.#changed.fire();
  }

  /** The tab of this chat came to the front, or went out of sight. */
  follow(view: ChatView): void {
    if (view.active) this.#used = view;
    this.#changed.fire();
  }

  /** Moves the chat of the side bar into a tab, with its draft and its attachments; from a tab, opens a new chat. */
  openInEditor(from: ChatView): void {
    if (from !== this.sideBar) {
      this.#open(this.#options.sessions.create());
      return;
    }
    const draft = from.composer.draft;
    const attachments = from.tray.handOver();
    from.composer.draft = '';
    from.post({ type: 'draft-move', text: draft });
    this.#open(from.chats.handOver(), { draft, attachments });
  }

  /** Shows a conversation of the history in a tab of its own; `false` when it can't be read. */
  async openConversation(id: string): Promise<boolean> {
    const shown = this.showing(id);
    if (shown === this.sideBar) this.openInEditor(shown);
    else if (shown) await shown.show();
    else {
      const session = await this.#options.sessions.open(id);
      if (!session) return false;
      // Asked twice, or from two lists, it may have come into sight meanwhile.
      const other = this.showing(id);
      if (other) await other.show();
      else this.#open(session);
    }
    return true;
  }

  /** A tab comes back with a window that was loaded again. `kept`: the memory of its page, perhaps by an older Qiao. */
  async restore(kept: unknown): Promise<ChatView> {
    const { tab, draft = '' } = keptSchema.safeParse(kept).data ?? {};
    const known = [...this.#tabs.values()].some(({ id }) => id === tab);
    const view = await this.#restore(tab === undefined || known ? randomUUID() : tab);
    // The page says so too, unless the tab is closed before it is loaded.
    if (draft !== '') view.composer.draft = draft;
    return view;
  }

  /** The user closed the tab. What they had not sent yet is not lost. */
  async close(view: ChatView): Promise<void> {
    const tab = this.#tabs.get(view);
    if (!tab) return;
    this.#tabs.delete(view);
    if (this.#used === view) this.#used = this.sideBar;
    view.dispose();
    tab.memory.forget();
    this.#changed.fire();
    await this.offerUnsent(view);
  }

  /** Offers to open a closed chat again, when something in it was not sent. */
  async offerUnsent(view: ChatView): Promise<void> {
    if (this.all.includes(view)) return;
    const { id } = view.chats.current.conversation;
    const { draft } = view.composer;
    const attachments = view.tray.handOver();
    if (draft.trim() === '' && attachments.length === 0) return;
    const again = l10n.t('Open It Again');
    const text = l10n.t('The chat you closed had a question that was not sent.');
    if ((await showInformationMessage(text, again)) !== again) return;
    const { sessions } = this.#options;
    const shown = this.showing(id) !== undefined;
    const session = (shown ? undefined : await sessions.open(id)) ?? sessions.create();
    this.#open(session, { draft, attachments });
  }

  dispose(): void {
    for (const view of this.all) view.dispose();
    this.#changed.dispose();
  }

  #open(session: ChatSession, { draft = '', attachments = [] }: Partial<Unsent> = {}): void {
    const id = randomUUID();
    const view = this.#add(id, createScopedMemory(this.#options.memory, id), session);
    view.composer.draft = draft;
    view.tray.takeOver(attachments);
    this.#options.openTab(view);
    this.use(view);
    view.post({ type: 'composer-focus' });
  }

  async #restore(id: string): Promise<ChatView> {
    const { sessions, history } = this.#options;
    const memory = createScopedMemory(this.#options.memory, id);
    const last = await createLastConversation(history, memory).open();
    const free = last && !this.showing(last.id) ? last : undefined;
    return this.#add(id, memory, (free && sessions.find(free.id)) ?? sessions.create(free));
  }

  #add(id: string, memory: ScopedMemory, session: ChatSession): ChatView {
    const view = this.#createView(memory, session);
    this.#tabs.set(view, { id, memory });
    return view;
  }

  #createView(memory: ChatViewOptions['memory'], session: ChatSession): ChatView {
    const elsewhere = (id: string): ChatView | undefined => this.showing(id);
    const view = new ChatView({ ...this.#options, memory, elsewhere }, session);
    view.chats.onDidChange(() => this.#changed.fire());
    return view;
  }
}

interface Unsent {
  draft: string;
  attachments: ReturnType<ChatView['tray']['handOver']>;
}
