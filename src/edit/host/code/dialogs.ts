/** Interface for questions to the user; tests replace it, since VS Code shows no dialogs while they run. */

import type * as vscode from 'vscode';
import { showInformationMessage, showWarningMessage } from '../../../base/host/window/messages.ts';
import { showQuickPick } from '../../../base/host/window/quickInput.ts';

export interface Question {
  text: string;
  choices: readonly string[];
  /** Whether the dialog is modal. The user can always close it. */
  modal?: boolean;
}

export interface Dialogs {
  /** The choice, or `undefined` if the user closed the question. Without choices it shows a message. */
  ask(question: Question): Promise<string | undefined>;
  /** The picked item, or `undefined` if the user closed the list. */
  pick<Item extends vscode.QuickPickItem>(
    items: readonly Item[],
    placeHolder: string,
  ): Promise<Item | undefined>;
}

/** Dialogs in VS Code's window. */
export const windowDialogs: Dialogs = {
  ask: async ({ text, choices, modal = false }) =>
    modal ? showWarningMessage(text, { modal }, ...choices) : showInformationMessage(text, ...choices),
  pick: async (items, placeHolder) => showQuickPick(items, { placeHolder }),
};
