/** Forgets proposals that a closed window left behind when nobody comes back for them; their text is offered once more. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isGone } from '../../base/host/isThere.ts';
import type { Dialogs } from './code/dialogs.ts';
import { memoryKey, readTraces, removeTrace, type Trace } from './recovery.ts';

const longestWaitMs = 30 * 24 * 60 * 60 * 1000;

/** To be called once, when the window has its editors back. `now`: milliseconds since the epoch. */
export async function expireEdits(
  memory: vscode.Memento,
  dialogs: Pick<Dialogs, 'ask'>,
  now = Date.now(),
): Promise<void> {
  const traces = readTraces(memory);
  if (traces.length === 0) {
    if (memory.get(memoryKey) !== undefined) await memory.update(memoryKey, undefined);
    return;
  }
  // Those of earlier versions wait from now on.
  if (traces.some(({ at }) => at === undefined))
    await memory.update(
      memoryKey,
      traces.map((trace) => ({ ...trace, at: trace.at ?? now })),
    );
  // A notice waits for its user; the others need not wait for that.
  await Promise.all(
    readTraces(memory).map(async (trace) => {
      if (await isExpired(trace, now)) await forget(trace, memory, dialogs);
    }),
  );
}

async function isExpired({ uri, at = 0 }: Trace, now: number): Promise<boolean> {
  // Its editor is there, or its unsaved text comes with it.
  if (isOpen(uri)) return false;
  return now - at > longestWaitMs || (await isGone(vscode.Uri.parse(uri)));
}

async function forget(trace: Trace, memory: vscode.Memento, dialogs: Pick<Dialogs, 'ask'>): Promise<void> {
  const uri = vscode.Uri.parse(trace.uri);
  // An edit of this window may have begun there meanwhile.
  if (readTraces(memory).find((one) => one.uri === trace.uri)?.at !== trace.at) return;
  const [newest] = trace.states;
  const show = l10n.t('Show Text');
  const text = l10n.t(
    'A change that was proposed in “{0}” was never accepted or rejected, and the file is gone or was not opened for 30 days. Qiao forgets it now.',
    vscode.workspace.asRelativePath(uri),
  );
  removeTrace(memory, uri);
  if (!newest || (await dialogs.ask({ text, choices: [show] })) !== show) return;
  const content = newest.shown;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
}

function isOpen(uri: string): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ input }) => input));
  return (
    vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri) ||
    tabs.some((input) => input instanceof vscode.TabInputText && input.uri.toString() === uri)
  );
}
