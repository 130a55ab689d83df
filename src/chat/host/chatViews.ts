/** The open chats: one in the side bar, and any number in tabs. Commands act on the active one. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import * as z from 'zod';
import { showInformationMessage } from '../../base/host/window/messages.ts';
import type { Conversation } from '../common/conversation.ts';
import type { ChatSession } from './chatSession.ts';
import { createLastConversation, createScopedState, type ScopedState } from './chatState.ts';
import { type ChatSurface, ChatView, type ChatViewOptions } from './chatView.ts';

export interface ChatViewsOptions extends Omit<ChatViewOptions, 'state' | 'elsewhere'> {
  /** The workspace state. */
  state: vscode.Memento;
  /** Shows the chat of the side bar. */
  sideBar: ChatSurface;
  /** Opens a tab that shows the chat. */
  openTab(view: ChatView): void;
}

const keptSchema = z.object({ tab: z.string().optional(), draft: z.string().optional() });

export class ChatViews implements vscode.Disposable {
  readonly #options: ChatViewsOptions;
  readonly #tabs = new Map<ChatView, { id: string; state: ScopedState }>();
  readonly sideBar: ChatView;
  #used: ChatView;
  readonly #changed = new vscode.EventEmitter<void>();
  /** The active chat is another one, or a chat changed. */
  readonly onDidChange = this.#changed.event;

  static async open(options: ChatViewsOptions): Promise<ChatViews> {
    const { history, state } = options;
    return new ChatViews(options, await createLastConversation(history, state).open());
  }

  private constructor(options: ChatViewsOptions, last: Conversation | undefined) {
    this.#options = options;
    this.sideBar = this.#createView(options.state, options.sessions.create(last));
    this.#used = this.sideBar;
    this.sideBar.stand(options.sideBar);
  }

  /** The chat used last if it is visible, else one in a visible tab, else that of the side bar. */
  get active(): ChatView {
    return [this.#used, ...this.#tabs.keys()].find(({ visible }) => visible) ?? this.sideBar;
  }

  /**
   * The chat in whose title bar a command was chosen, else the active one. `args`: the command's arguments. VS Code
   * passes the tab's URI from the title bar of a tab, and a single `null` from that of a view.
   */
  targetOf(args: readonly unknown[]): ChatView {
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

  /** The id under which the page of a tab finds its chat again after a reload; `undefined` for the side bar. */
  idOf(view: ChatView): string | undefined {
    return this.#tabs.get(view)?.id;
  }

  /** Call when the user works in this chat. */
  use(view: ChatView): void {
    if (this.#used === view) return;
    this.#used = view;
    this.#changed.fire();
  }

  /** Call when the tab of this chat was shown or hidden. */
  follow(view: ChatView): void {
    if (view.active) this.#used = view;
    this.#changed.fire();
  }

  /** From the side bar, moves the chat with its draft and attachments into a tab; from a tab, opens a new chat. */
  openInEditor(from: ChatView): void {
    if (from !== this.sideBar) {
      this.#open(this.#options.sessions.create());
      return;
    }
    const draft = from.composer.draft;
    const attachments = from.attachments.handOver();
    from.composer.draft = '';
    from.post({ type: 'draft-move', text: draft });
    this.#open(from.chats.handOver(), { draft, attachments });
  }

  /** Shows a conversation of the history in its own tab; `false` when it is unreadable. */
  async openConversation(id: string): Promise<boolean> {
    const shown = this.showing(id);
    if (shown === this.sideBar) this.openInEditor(shown);
    else if (shown) await shown.show();
    else {
      const session = await this.#options.sessions.open(id);
      if (!session) return false;
      // Another call may have shown it meanwhile.
      const other = this.showing(id);
      if (other) await other.show();
      else this.#open(session);
    }
    return true;
  }

  /** Restores a tab after a reload of the window. `kept`: the state that its page stored, perhaps in an older Qiao. */
  async restore(kept: unknown): Promise<ChatView> {
    const { tab, draft = '' } = keptSchema.safeParse(kept).data ?? {};
    const known = [...this.#tabs.values()].some(({ id }) => id === tab);
    const view = await this.#restore(tab === undefined || known ? randomUUID() : tab);
    // The page sends it too, unless the tab is closed before it has loaded.
    if (draft !== '') view.composer.draft = draft;
    return view;
  }

  /** Call when the user closed the tab. Offers the unsent question again. */
  async close(view: ChatView): Promise<void> {
    const tab = this.#tabs.get(view);
    if (!tab) return;
    this.#tabs.delete(view);
    if (this.#used === view) this.#used = this.sideBar;
    view.dispose();
    tab.state.clear();
    this.#changed.fire();
    await this.offerUnsent(view);
  }

  /** Offers to open a closed chat again if it has an unsent question. */
  async offerUnsent(view: ChatView): Promise<void> {
    if (this.all.includes(view)) return;
    const { id } = view.chats.current.conversation;
    const { draft } = view.composer;
    const attachments = view.attachments.handOver();
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
    const view = this.#add(id, createScopedState(this.#options.state, id), session);
    view.composer.draft = draft;
    view.attachments.takeOver(attachments);
    this.#options.openTab(view);
    this.use(view);
    view.post({ type: 'composer-focus' });
  }

  async #restore(id: string): Promise<ChatView> {
    const { sessions, history } = this.#options;
    const state = createScopedState(this.#options.state, id);
    const last = await createLastConversation(history, state).open();
    const free = last && !this.showing(last.id) ? last : undefined;
    return this.#add(id, state, (free && sessions.find(free.id)) ?? sessions.create(free));
  }

  #add(id: string, state: ScopedState, session: ChatSession): ChatView {
    const view = this.#createView(state, session);
    this.#tabs.set(view, { id, state });
    return view;
  }

  #createView(state: ChatViewOptions['state'], session: ChatSession): ChatView {
    const elsewhere = (id: string): ChatView | undefined => this.showing(id);
    const view = new ChatView({ ...this.#options, state, elsewhere }, session);
    view.chats.onDidChange(() => this.#changed.fire());
    return view;
  }
}

interface Unsent {
  draft: string;
  attachments: ReturnType<ChatView['attachments']['handOver']>;
}
