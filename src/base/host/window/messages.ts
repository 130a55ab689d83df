/** Wraps VS Code's notifications, dialogs and progress with escaped texts. */

import * as vscode from 'vscode';
import { plainLine, plainLines } from '../../common/plainText.ts';

type Choice = string | vscode.MessageItem;

/** Like VS Code's functions; returns the original item, not its escaped copy. */
interface ShowMessage {
  <Item extends Choice>(message: string, ...items: readonly Item[]): Promise<Item | undefined>;
  <Item extends Choice>(
    message: string,
    options: vscode.MessageOptions,
    ...items: readonly Item[]
  ): Promise<Item | undefined>;
}

export const showInformationMessage: ShowMessage = (message, ...rest) =>
  show('showInformationMessage', message, rest);

export const showWarningMessage: ShowMessage = (message, ...rest) =>
  show('showWarningMessage', message, rest);

export const showErrorMessage: ShowMessage = (message, ...rest) => show('showErrorMessage', message, rest);

/** Like VS Code's `withProgress`; escapes the reported messages, too. */
export function withProgress<Result>(
  options: vscode.ProgressOptions,
  task: (
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ) => Thenable<Result>,
): Thenable<Result> {
  const { title = '' } = options;
  return vscode.window.withProgress({ ...options, title: plainLine(title) }, (progress, token) => {
    const report: typeof progress.report = ({ message, increment }) =>
      progress.report({ message: message === undefined ? undefined : plainLine(message), increment });
    return task({ report }, token);
  });
}

/** Shows the text for `milliseconds`. */
export function setStatusBarMessage(text: string, milliseconds: number): void {
  vscode.window.setStatusBarMessage(plainLine(text), milliseconds);
}

/** The common shape of VS Code's overloads. */
type AskInVsCode = (
  message: string,
  ...rest: (vscode.MessageOptions | Choice)[]
) => Thenable<Choice | undefined>;

async function show<Item extends Choice>(
  kind: 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage',
  message: string,
  rest: readonly (vscode.MessageOptions | Item)[],
): Promise<Item | undefined> {
  const ask: AskInVsCode = vscode.window[kind];
  const items = rest.filter((one): one is Item => isChoice(one));
  const shown = items.map(plainChoice);
  const options = rest.filter((one): one is vscode.MessageOptions => !isChoice(one)).map(plainOptions);
  const chosen = await ask(plainLine(message), ...options, ...shown);
  return chosen === undefined ? undefined : items[shown.indexOf(chosen)];
}

function isChoice(one: Choice | vscode.MessageOptions): one is Choice {
  return typeof one === 'string' || 'title' in one;
}

function plainChoice(item: Choice): Choice {
  return typeof item === 'string' ? plainLine(item) : { ...item, title: plainLine(item.title) };
}

function plainOptions({ modal, detail }: vscode.MessageOptions): vscode.MessageOptions {
  return { modal, detail: detail === undefined ? undefined : plainLines(detail) };
}
