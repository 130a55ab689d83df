/** Wraps VS Code's quick picks and input boxes with escaped texts. */

import * as vscode from 'vscode';
import { plainLine } from '../../common/plainText.ts';

/** The item with escaped texts that VS Code gets. For icons, use `iconPath`. */
type Shown<Item> = vscode.QuickPickItem & { original: Item };

/** Like VS Code's `showQuickPick`; returns the original items. */
export function showQuickPick<Item extends string | vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions & { canPickMany: true },
): Promise<Item[] | undefined>;
export function showQuickPick<Item extends string | vscode.QuickPickItem>(
  items: readonly Item[],
  options?: vscode.QuickPickOptions,
): Promise<Item | undefined>;
export async function showQuickPick<Item extends string | vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions = {},
): Promise<Item | Item[] | undefined> {
  const { title, placeHolder } = options;
  const chosen: Shown<Item> | Shown<Item>[] | undefined = await vscode.window.showQuickPick(
    items.map(toShown),
    { ...options, title: plain(title), placeHolder: plain(placeHolder) },
  );
  return Array.isArray(chosen) ? chosen.map(({ original }) => original) : chosen?.original;
}

/** Like VS Code's `showInputBox`. */
export function showInputBox(options: vscode.InputBoxOptions): Thenable<string | undefined> {
  const { title, prompt, placeHolder, validateInput } = options;
  return vscode.window.showInputBox({
    ...options,
    title: plain(title),
    prompt: plain(prompt),
    placeHolder: plain(placeHolder),
    validateInput: validateInput && (async (text) => plainProblem(await validateInput(text))),
  });
}

type QuickPickSettings = Partial<
  Pick<
    vscode.QuickPick<vscode.QuickPickItem>,
    'title' | 'placeholder' | 'value' | 'matchOnDescription' | 'matchOnDetail' | 'ignoreFocusOut'
  >
>;

type QuickPick<Item extends vscode.QuickPickItem> = Pick<
  vscode.QuickPick<Item>,
  | 'items'
  | 'activeItems'
  | 'onDidAccept'
  | 'onDidHide'
  | 'onDidChangeValue'
  | 'onDidChangeActive'
  | 'onDidTriggerItemButton'
  | 'show'
  | 'hide'
  | 'dispose'
> &
  Pick<Readonly<vscode.QuickPick<Item>>, 'value' | 'selectedItems'>;

/** Like VS Code's `createQuickPick`, with settings. Escapes items that are set later; returns the original items. */
export function createQuickPick<Item extends vscode.QuickPickItem>({
  title,
  placeholder,
  ...settings
}: QuickPickSettings): QuickPick<Item> {
  const picker = vscode.window.createQuickPick<Shown<Item>>();
  Object.assign(picker, { ...settings, title: plain(title), placeholder: plain(placeholder) });
  const toOriginals = (items: readonly Shown<Item>[]): Item[] => items.map(({ original }) => original);
  return {
    get items() {
      return toOriginals(picker.items);
    },
    set items(items) {
      picker.items = items.map(toShown);
    },
    get activeItems() {
      return toOriginals(picker.activeItems);
    },
    set activeItems(items) {
      picker.activeItems = picker.items.filter(({ original }) => items.includes(original));
    },
    get selectedItems() {
      return toOriginals(picker.selectedItems);
    },
    get value() {
      return picker.value;
    },
    onDidAccept: picker.onDidAccept,
    onDidHide: picker.onDidHide,
    onDidChangeValue: picker.onDidChangeValue,
    onDidChangeActive: mapEvent(picker.onDidChangeActive, toOriginals),
    onDidTriggerItemButton: mapEvent(picker.onDidTriggerItemButton, ({ button, item }) => ({
      button,
      item: item.original,
    })),
    show: () => picker.show(),
    hide: () => picker.hide(),
    dispose: () => picker.dispose(),
  };
}

type InputSettings = Partial<Pick<vscode.InputBox, 'placeholder' | 'prompt' | 'value' | 'ignoreFocusOut'>>;

interface InputBox
  extends Pick<
    vscode.InputBox,
    'onDidAccept' | 'onDidHide' | 'onDidChangeValue' | 'onDidTriggerButton' | 'show' | 'dispose'
  > {
  readonly value: string;
  setHead(title: string, buttons: readonly vscode.QuickInputButton[]): void;
}

/** Like VS Code's `createInputBox`, with settings; `setHead` changes title and buttons. */
export function createInputBox({ placeholder, prompt, ...settings }: InputSettings): InputBox {
  const input = vscode.window.createInputBox();
  Object.assign(input, { ...settings, placeholder: plain(placeholder), prompt: plain(prompt) });
  return {
    get value() {
      return input.value;
    },
    setHead(title, buttons) {
      input.title = plainLine(title);
      input.buttons = buttons.map(plainButton);
    },
    onDidAccept: input.onDidAccept,
    onDidHide: input.onDidHide,
    onDidChangeValue: input.onDidChangeValue,
    onDidTriggerButton: input.onDidTriggerButton,
    show: () => input.show(),
    dispose: () => input.dispose(),
  };
}

/** Keeps all other members, such as `picked` and the caller's own. */
function toShown<Item extends string | vscode.QuickPickItem>(original: Item): Shown<Item> {
  if (typeof original === 'string') return { label: plainLine(original), original };
  const { label, description, detail, buttons }: vscode.QuickPickItem = original;
  return {
    ...original,
    original,
    label: plainLine(label),
    description: plain(description),
    detail: plain(detail),
    buttons: buttons?.map(plainButton),
  };
}

function plainButton({ tooltip, ...button }: vscode.QuickInputButton): vscode.QuickInputButton {
  return { ...button, tooltip: plain(tooltip) };
}

type Problem = string | vscode.InputBoxValidationMessage | null | undefined;

function plainProblem(problem: Problem): Problem {
  if (!problem) return problem;
  return typeof problem === 'string'
    ? plainLine(problem)
    : { ...problem, message: plainLine(problem.message) };
}

function plain(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainLine(text);
}

function mapEvent<From, To>(event: vscode.Event<From>, map: (value: From) => To): vscode.Event<To> {
  return (listener, thisArgument, disposables) =>
    event((value) => listener.call(thisArgument, map(value)), undefined, disposables);
}
