/** Asks for the instruction of an edit, with recent instructions to choose from. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { stripHidden } from '../../base/common/hiddenText.ts';
import { createQuickPick } from '../../base/host/window/quickInput.ts';

const storageKey = 'qiao.editInstructions';
const mostRemembered = 20;

/** `undefined` if the user cancelled. */
export async function askInstruction(
  title: string,
  state: vscode.Memento,
  value = '',
): Promise<string | undefined> {
  const picker = createQuickPick({
    title,
    placeholder: l10n.t('What should be changed?'),
    matchOnDetail: true,
    ignoreFocusOut: true,
    value,
  });
  const known = readInstructions(state);
  const list = (typed: string): vscode.QuickPickItem[] => [
    ...(typed.trim() === ''
      ? []
      : [
          {
            label: l10n.t('Edit'),
            iconPath: new vscode.ThemeIcon('sparkle'),
            detail: typed.trim(),
            alwaysShow: true,
          },
        ]),
    ...known
      .filter((one) => one !== typed.trim())
      .map((detail) => ({ label: l10n.t('Earlier'), iconPath: new vscode.ThemeIcon('history'), detail })),
  ];
  picker.items = list(value);
  picker.onDidChangeValue((typed) => {
    picker.items = list(typed);
  });
  let moved = '';
  picker.onDidChangeActive(([item]) => {
    moved = item?.detail === undefined || item.detail === picker.value.trim() ? '' : picker.value;
  });
  const instruction = await new Promise<string | undefined>((resolve) => {
    // Enter may come before the list is updated, so the typed text wins unless the user moved in the list.
    picker.onDidAccept(() => {
      const typed = stripHidden(picker.value).trim();
      const chosen = typed === '' || moved === picker.value ? picker.activeItems[0]?.detail : undefined;
      const found = chosen ?? typed;
      if (found !== '') resolve(found);
    });
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  picker.dispose();
  if (instruction !== undefined) await rememberInstruction(state, instruction);
  return instruction;
}

async function rememberInstruction(state: vscode.Memento, instruction: string): Promise<void> {
  const others = readInstructions(state).filter((one) => one !== instruction);
  await state.update(storageKey, [instruction, ...others].slice(0, mostRemembered));
}

function readInstructions(state: vscode.Memento): string[] {
  const kept: unknown = state.get(storageKey);
  return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
}
