/** Keeps the edit of each document, and updates its decorations, code lenses and the context key `qiao.editPending`. */

import * as vscode from 'vscode';
import { createEditDecorations } from './editDecorations.ts';
import type { EditSession } from './editSession.ts';
import { createLenses } from './lenses.ts';
import { removePendingEdit } from './recovery.ts';

export class OpenEdits {
  readonly #state: vscode.Memento;
  readonly #sessions = new Map<vscode.TextDocument, EditSession>();
  readonly #decorations = createEditDecorations();
  readonly #lenses = createLenses((document) => this.active(document));
  readonly #subscriptions: vscode.Disposable;

  constructor(state: vscode.Memento) {
    this.#state = state;
    this.#subscriptions = vscode.Disposable.from(
      this.#decorations,
      this.#lenses,
      vscode.workspace.onDidCloseTextDocument((document) => {
        // A language change also fires this event, but the document stays open.
        if (document.isClosed) this.#forget(document);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#refresh()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#refresh()),
    );
  }

  /** The last edit of the document, in any state. */
  get(document: vscode.TextDocument): EditSession | undefined {
    return this.#sessions.get(document);
  }

  /** The document's edit that is not over. */
  active(document: vscode.TextDocument): EditSession | undefined {
    const session = this.#sessions.get(document);
    return session?.state === 'over' ? undefined : session;
  }

  /** The last edit of the document with this URI, or of the active one. */
  at(uri?: vscode.Uri): EditSession | undefined {
    const key = (uri ?? vscode.window.activeTextEditor?.document.uri)?.toString();
    return [...this.#sessions.values()].find(({ document }) => document.uri.toString() === key);
  }

  /** Owns the session; disposes the document's previous one. */
  add(session: EditSession): void {
    this.#sessions.get(session.document)?.dispose();
    this.#sessions.set(session.document, session);
    session.onDidChange(() => this.#refresh(session));
    this.#refresh(session);
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.dispose();
    this.#subscriptions.dispose();
  }

  #forget(document: vscode.TextDocument): void {
    const session = this.#sessions.get(document);
    if (!session) return;
    this.#sessions.delete(document);
    session.dispose();
    removePendingEdit(this.#state, document.uri);
    this.#refresh();
  }

  #refresh(changed?: EditSession): void {
    for (const session of changed ? [changed] : this.#sessions.values()) this.#decorations.update(session);
    if (changed?.state === 'over') removePendingEdit(this.#state, changed.document.uri);
    this.#lenses.refresh();
    const front = vscode.window.activeTextEditor?.document;
    const pending = front !== undefined && this.active(front) !== undefined;
    void vscode.commands.executeCommand('setContext', 'qiao.editPending', pending);
  }
}
