/** Which document has which edit, and what of it is to be seen: colours, buttons, and the keys that work. */

import * as vscode from 'vscode';
import type { EditSession } from './editSession.ts';
import { createLenses } from './lenses.ts';
import { createPainter } from './paint.ts';
import { removeTrace } from './recovery.ts';

export class OpenEdits {
  readonly #memory: vscode.Memento;
  readonly #sessions = new Map<vscode.TextDocument, EditSession>();
  readonly #painter = createPainter();
  readonly #lenses = createLenses((document) => this.active(document));
  readonly #subscriptions: vscode.Disposable;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#subscriptions = vscode.Disposable.from(
      this.#painter,
      this.#lenses,
      vscode.workspace.onDidCloseTextDocument((document) => {
        // Another language closes and opens it as well.
        if (document.isClosed) this.#forget(document);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#refresh()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#refresh()),
    );
  }

  /** The last edit of the document, over or not. */
  get(document: vscode.TextDocument): EditSession | undefined {
    return this.#sessions.get(document);
  }

  /** The edit that is under way in it. */
  active(document: vscode.TextDocument): EditSession | undefined {
    const session = this.#sessions.get(document);
    return session?.state === 'over' ? undefined : session;
  }

  /** The last edit of the document with this address, or of the one in front. */
  at(uri?: vscode.Uri): EditSession | undefined {
    const key = (uri ?? vscode.window.activeTextEditor?.document.uri)?.toString();
    return [...this.#sessions.values()].find(({ document }) => document.uri.toString() === key);
  }

  /** Takes the place of the document's edit before, which is disposed. */
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
    removeTrace(this.#memory, document.uri);
    this.#refresh();
  }

  #refresh(changed?: EditSession): void {
    for (const session of changed ? [changed] : this.#sessions.values()) this.#painter.paint(session);
    if (changed?.state === 'over') removeTrace(this.#memory, changed.document.uri);
    this.#lenses.refresh();
    const front = vscode.window.activeTextEditor?.document;
    const pending = front !== undefined && this.active(front) !== undefined;
    void vscode.commands.executeCommand('setContext', 'qiao.editPending', pending);
  }
}
