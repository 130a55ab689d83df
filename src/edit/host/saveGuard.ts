/** Prevents saves from writing undecided proposals: removes them before a save and restores them afterwards. */

import * as vscode from 'vscode';
import type { EditSession } from './editSession.ts';

export interface SaveGuard extends vscode.Disposable {
  /** Like VS Code's “Save without Formatting”, which fires no event before the save. */
  saveUnformatted(document: vscode.TextDocument): Promise<void>;
}

export interface SaveGuardOptions {
  /** The active edit of a document. */
  sessionOf(document: vscode.TextDocument): EditSession | undefined;
  /** Shows the session's proposal in a diff; it stays out of the document. */
  review(session: EditSession): void;
}

export function guardSaves({ sessionOf, review }: SaveGuardOptions): SaveGuard {
  async function before(session: EditSession, reason: vscode.TextDocumentSaveReason): Promise<void> {
    await session.leaveForSave();
    // Otherwise the proposal would disappear and return with every automatic save.
    if (reason !== vscode.TextDocumentSaveReason.AfterDelay) return;
    session.stayAside();
    if (session.inReview) review(session);
  }

  async function after(document: vscode.TextDocument): Promise<void> {
    const session = sessionOf(document);
    if (!session) return;
    // “Save without Formatting” from the palette wrote the proposal; save again without it.
    if (session.hunks.length > 0) {
      await session.leaveForSave();
      await document.save();
    }
    // Saved because the tab is closing; a change would reopen the document.
    if (hasTab(document)) await session.returnAfterSave();
    else session.stayAside();
  }

  const subscriptions = vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument((event) => {
      const session = sessionOf(event.document);
      if (session) event.waitUntil(before(session, event.reason));
    }),
    vscode.workspace.onDidSaveTextDocument((document) => void after(document)),
  );
  return {
    async saveUnformatted(document) {
      await sessionOf(document)?.leaveForSave();
      await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
      // Without other changes VS Code saves nothing and fires no event.
      await sessionOf(document)?.returnAfterSave();
    },
    dispose: () => subscriptions.dispose(),
  };
}

function hasTab({ uri }: vscode.TextDocument): boolean {
  const shows = (input: unknown): boolean => {
    if (input instanceof vscode.TabInputText) return input.uri.toString() === uri.toString();
    if (input instanceof vscode.TabInputTextDiff)
      return [input.original, input.modified].some((one) => one.toString() === uri.toString());
    // Notebooks and custom editors may contain the document.
    return !(input instanceof vscode.TabInputWebview || input instanceof vscode.TabInputTerminal);
  };
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => shows(input)));
}
