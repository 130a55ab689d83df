/** Removes proposals of closed windows from restored unsaved documents; VS Code restores the text, but not the edit. */

import * as vscode from 'vscode';
import * as z from 'zod';
import { decide } from '../common/hunks.ts';
import { type Region, regionText } from '../common/region.ts';

/** Workspace state key. While it has a value, Qiao is loaded at every start. */
export const storageKey = 'qiao.pendingEdits';
const mostStates = 3;
const mostEdits = 20;

const pendingEditsSchema = z.array(
  z.object({
    uri: z.string(),
    /** Time of the last step, in milliseconds since the epoch; earlier versions did not store it. */
    at: z.number().optional(),
    /** Texts of the region, the newest first. The backup may contain any of them, depending on its time. */
    states: z.array(z.object({ shown: z.string(), original: z.string() })),
  }),
);

export type PendingEdit = z.infer<typeof pendingEditsSchema>[number];

/** Stores the next state of an edit; call it before each step. */
export function recordPendingEdit(state: vscode.Memento, uri: vscode.Uri, next: Region): void {
  const key = uri.toString();
  const edits = readPendingEdits(state);
  const newest = { shown: regionText(next), original: regionText(decide(next, 'reject')) };
  const states = [newest, ...(edits.find((one) => one.uri === key)?.states ?? [])].slice(0, mostStates);
  const others = edits.filter((one) => one.uri !== key);
  void state.update(storageKey, [{ uri: key, at: Date.now(), states }, ...others].slice(0, mostEdits));
}

/** Removes the document's entry once its edit is over. */
export function removePendingEdit(state: vscode.Memento, uri: vscode.Uri): void {
  const edits = readPendingEdits(state);
  const others = edits.filter((one) => one.uri !== uri.toString());
  if (others.length < edits.length) void state.update(storageKey, others.length === 0 ? undefined : others);
}

/** Removes pending edits of a closed window from each document when it opens. */
export function recoverEdits(state: vscode.Memento): vscode.Disposable {
  const left = new Map(readPendingEdits(state).map((edit) => [edit.uri, edit]));
  const restore = async (document: vscode.TextDocument): Promise<void> => {
    const edit = left.get(document.uri.toString());
    // A restored backup makes the document dirty, perhaps later; a clean document has the file's text.
    if (!edit || !document.isDirty) return;
    left.delete(edit.uri);
    await takeOut(document, edit);
    removePendingEdit(state, document.uri);
  };
  for (const document of vscode.workspace.textDocuments) void restore(document);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => void restore(document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // An event without changes reports the dirty state. Once the user types, leave their text alone.
      if (contentChanges.length === 0) void restore(document);
      else left.delete(document.uri.toString());
    }),
  );
}

async function takeOut(document: vscode.TextDocument, { states }: PendingEdit): Promise<void> {
  const text = document.getText();
  for (const { shown, original } of states) {
    const start = text.indexOf(shown);
    if (shown === original || shown === '' || start === -1 || start !== text.lastIndexOf(shown)) continue;
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(start), document.positionAt(start + shown.length));
    edit.replace(document.uri, range, original);
    await vscode.workspace.applyEdit(edit);
    return;
  }
}

/** The stored edits; empty if they are invalid. */
export function readPendingEdits(state: vscode.Memento): PendingEdit[] {
  return pendingEditsSchema.safeParse(state.get(storageKey)).data ?? [];
}
