/** Asks what to do with the code; the last instructions can be chosen again. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { stripHidden } from '../../base/common/hiddenText.ts';
import { createQuickPick } from '../../base/host/window/quickInput.ts';

const memoryKey = 'qiao.editInstructions';
const mostRemembered = 20;

/** `undefined` when the input was left. */
export async function askInstruction(
  title: string,
  memory: vscode.Memento,
  value = '',
): Promise<string | undefined> {
  const picker = createQuickPick({
    title,
    placeholder: l10n.t('What should be changed?'),
    matchOnDetail: true,
    ignoreFocusOut: true,
    value,
  });
  const known = readInstructions(memory);
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
    // Enter can be faster than the list that follows the typing: then what was typed counts.
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
  if (instruction !== undefined) await rememberInstruction(memory, instruction);
  return instruction;
}

async function rememberInstruction(memory: vscode.Memento, instruction: string): Promise<void> {
  const others = readInstructions(memory).filter((one) => one !== instruction);
  await memory.update(memoryKey, [instruction, ...others].slice(0, mostRemembered));
}

function readInstructions(memory: vscode.Memento): string[] {
  const kept: unknown = memory.get(memoryKey);
  return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
}
