/** Sees to it that no save writes what nobody has accepted: proposals leave the document, and return after it. */

import * as vscode from 'vscode';
import type { EditSession } from './editSession.ts';

export interface SaveGuard extends vscode.Disposable {
  /** As VS Code's “Save without Formatting”, which asks nobody before it writes. */
  saveUnformatted(document: vscode.TextDocument): Promise<void>;
}

export interface SaveGuardOptions {
  /** The edit that is under way in a document. */
  sessionOf(document: vscode.TextDocument): EditSession | undefined;
  /** The session's proposal stays out of the document and is shown elsewhere. */
  review(session: EditSession): void;
}

export function guardSaves({ sessionOf, review }: SaveGuardOptions): SaveGuard {
  async function before(session: EditSession, reason: vscode.TextDocumentSaveReason): Promise<void> {
    await session.leaveForSave();
    // It would come and go with every automatic save.
    if (reason !== vscode.TextDocumentSaveReason.AfterDelay) return;
    session.stayAside();
    if (session.inReview) review(session);
  }

  async function after(document: vscode.TextDocument): Promise<void> {
    const session = sessionOf(document);
    if (!session) return;
    // “Save without Formatting” from the palette: what it wrote is set right at once.
    if (session.hunks.length > 0) {
      await session.leaveForSave();
      await document.save();
    }
    // Saved because it is being closed: the change would open it again.
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
      // A document that had nothing else to save was not written, and nothing told about it.
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
    // Notebooks, custom editors: they do not say what they hold.
    return !(input instanceof vscode.TabInputWebview || input instanceof vscode.TabInputTerminal);
  };
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => shows(input)));
}
