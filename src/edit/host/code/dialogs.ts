/** How actions on code ask the user: a port, because VS Code shows no dialog while tests run. */

import type * as vscode from 'vscode';
import { showInformationMessage, showWarningMessage } from '../../../base/host/window/messages.ts';
import { showQuickPick } from '../../../base/host/window/quickInput.ts';

export interface Question {
  text: string;
  choices: readonly string[];
  /** Whether everything waits for the answer; then closing the box is always a choice. */
  modal?: boolean;
}

export interface Dialogs {
  /** The choice, or `undefined` when the user closed the question. Without choices it just tells. */
  ask(question: Question): Promise<string | undefined>;
  /** One of the items, or `undefined`. */
  pick<Item extends vscode.QuickPickItem>(
    items: readonly Item[],
    placeHolder: string,
  ): Promise<Item | undefined>;
}

export const windowDialogs: Dialogs = {
  ask: async ({ text, choices, modal = false }) =>
    modal ? showWarningMessage(text, { modal }, ...choices) : showInformationMessage(text, ...choices),
  pick: async (items, placeHolder) => showQuickPick(items, { placeHolder }),
};
