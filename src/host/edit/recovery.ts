/** Takes proposals out of documents that a closed window left unsaved: VS Code brings back the text, but not the edit. */

import * as vscode from 'vscode';
import { decide } from '../../core/edit/hunks.ts';
import { type Region, regionText } from '../../core/edit/region.ts';

const memoryKey = 'qiao.pendingEdits';

interface Trace {
  uri: string;
  /** Texts of the region, the newest first: which of them the backup holds depends on when it was made. */
  states: { shown: string; original: string }[];
}

/** To be called before each step of an edit. */
export function leaveTrace(memory: vscode.Memento, uri: vscode.Uri, next: Region): void {
  const key = uri.toString();
  const traces = readTraces(memory);
  const state = { shown: regionText(next), original: regionText(decide(next, 'reject')) };
  const states = [state, ...(traces.find((one) => one.uri === key)?.states ?? [])].slice(0, mostStates);
  void memory.update(memoryKey, [...traces.filter((one) => one.uri !== key), { uri: key, states }]);
}

export function removeTrace(memory: vscode.Memento, uri: vscode.Uri): void {
  const others = readTraces(memory).filter((one) => one.uri !== uri.toString());
  void memory.update(memoryKey, others.length === 0 ? undefined : others);
}

/** What a window that was closed with pending edits left is taken back as soon as its document is open. */
export function recoverEdits(memory: vscode.Memento): vscode.Disposable {
  const left = new Map(readTraces(memory).map((trace) => [trace.uri, trace]));
  void memory.update(memoryKey, undefined);
  const restore = async (document: vscode.TextDocument): Promise<void> => {
    const trace = left.get(document.uri.toString());
    if (!trace) return;
    left.delete(trace.uri);
    if (!document.isDirty) return;
    const text = document.getText();
    for (const { shown, original } of trace.states) {
      const start = text.indexOf(shown);
      if (shown === original || shown === '' || start === -1 || start !== text.lastIndexOf(shown)) continue;
      const edit = new vscode.WorkspaceEdit();
      const range = new vscode.Range(document.positionAt(start), document.positionAt(start + shown.length));
      edit.replace(document.uri, range, original);
      await vscode.workspace.applyEdit(edit);
      return;
    }
  };
  for (const document of vscode.workspace.textDocuments) void restore(document);
  return vscode.workspace.onDidOpenTextDocument((document) => void restore(document));
}

const mostStates = 3;

function readTraces(memory: vscode.Memento): Trace[] {
  return memory.get<Trace[]>(memoryKey, []);
}
