/** Takes proposals out of documents that a closed window left unsaved: VS Code brings back the text, but not the edit. */

import * as vscode from 'vscode';
import * as z from 'zod';
import { decide } from '../common/hunks.ts';
import { type Region, regionText } from '../common/region.ts';

/** While there is something under it, Qiao is loaded at every start. */
export const memoryKey = 'qiao.pendingEdits';
const mostStates = 3;
const mostTraces = 20;

const tracesSchema = z.array(
  z.object({
    uri: z.string(),
    /** When the last step was made, in milliseconds since the epoch; unknown of those of earlier versions. */
    at: z.number().optional(),
    /** Texts of the region, the newest first: which of them the backup holds depends on when it was made. */
    states: z.array(z.object({ shown: z.string(), original: z.string() })),
  }),
);

export type Trace = z.infer<typeof tracesSchema>[number];

/** To be called before each step of an edit. */
export function leaveTrace(memory: vscode.Memento, uri: vscode.Uri, next: Region): void {
  const key = uri.toString();
  const traces = readTraces(memory);
  const state = { shown: regionText(next), original: regionText(decide(next, 'reject')) };
  const states = [state, ...(traces.find((one) => one.uri === key)?.states ?? [])].slice(0, mostStates);
  const others = traces.filter((one) => one.uri !== key);
  void memory.update(memoryKey, [{ uri: key, at: Date.now(), states }, ...others].slice(0, mostTraces));
}

/** There is nothing to take back in the document any more. */
export function removeTrace(memory: vscode.Memento, uri: vscode.Uri): void {
  const traces = readTraces(memory);
  const others = traces.filter((one) => one.uri !== uri.toString());
  if (others.length < traces.length) void memory.update(memoryKey, others.length === 0 ? undefined : others);
}

/** What a window that was closed with pending edits left is taken back as soon as its document is open. */
export function recoverEdits(memory: vscode.Memento): vscode.Disposable {
  const left = new Map(readTraces(memory).map((trace) => [trace.uri, trace]));
  const restore = async (document: vscode.TextDocument): Promise<void> => {
    const trace = left.get(document.uri.toString());
    // A backup makes the document dirty, perhaps only in a moment; a clean one is what the disk holds.
    if (!trace || !document.isDirty) return;
    left.delete(trace.uri);
    await takeOut(document, trace);
    removeTrace(memory, document.uri);
  };
  for (const document of vscode.workspace.textDocuments) void restore(document);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => void restore(document)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // Without changes it tells that the document is dirty now. Once the user types, it is his text.
      if (contentChanges.length === 0) void restore(document);
      else left.delete(document.uri.toString());
    }),
  );
}

async function takeOut(document: vscode.TextDocument, { states }: Trace): Promise<void> {
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

/** What is stored there and can't be read counts as nothing. */
export function readTraces(memory: vscode.Memento): Trace[] {
  return tracesSchema.safeParse(memory.get(memoryKey)).data ?? [];
}
