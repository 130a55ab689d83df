/** Attaches text of the clipboard, and of the terminal through the clipboard, as VS Code has no other API for it. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { toLooseAttachment } from './documentAttachment.ts';
import type { Origins } from './origins.ts';

/** Limit in characters; the end is kept, as it contains the errors. */
export const maxTerminalCharacters = 100_000;

/** Limit in characters, as for a file; more would block the panel. */
const maxClipboardCharacters = 1024 * 1024;

/** Throws when the clipboard has no text or too much. */
export async function attachClipboard(origins: Origins): Promise<Attachment> {
  const made = await readClipboard(origins);
  if (!made) throw new UserError(l10n.t('There is no text in the clipboard.'));
  return made;
}

/** Throws when nothing is selected. */
export async function attachTerminalSelection(): Promise<Attachment> {
  const text = await copyThrough('workbench.action.terminal.copySelection');
  if (text === '') throw new UserError(l10n.t('Nothing is selected in the terminal.'));
  return toTerminalAttachment(l10n.t('Terminal selection'), text);
}

/** Attaches the last command and its output. Throws when the terminal does not know them. */
export async function attachTerminalCommand(): Promise<Attachment> {
  const text = await copyThrough('workbench.action.terminal.copyLastCommandAndLastCommandOutput');
  if (text === '')
    throw new UserError(
      l10n.t(
        'The terminal does not know its last command: its shell integration is off. Select the text instead.',
      ),
    );
  return toTerminalAttachment(l10n.t('Last terminal command'), text);
}

async function readClipboard(origins: Origins): Promise<Attachment | undefined> {
  const text = await vscode.env.clipboard.readText();
  if (text.trim() === '') return undefined;
  if (text.length > maxClipboardCharacters)
    throw new UserError(l10n.t('The text in the clipboard is too long to attach. Copy a part of it.'));
  return origins.remember(toLooseAttachment('clipboard', l10n.t('Clipboard'), text), {
    again: () => readClipboard(origins),
  });
}

function toTerminalAttachment(title: string, text: string): Attachment {
  const name = vscode.window.activeTerminal?.name;
  const end = text.length > maxTerminalCharacters ? `[…]\n${text.slice(-maxTerminalCharacters)}` : text;
  return toLooseAttachment('terminal', name ? `${title} (${name})` : title, end);
}

/** Returns the text that the command copies, and restores the clipboard. */
async function copyThrough(command: string): Promise<string> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  // A clipboard without text may hold an image, which survives unless the command copies something.
  if (before !== '') await clipboard.writeText('');
  try {
    await vscode.commands.executeCommand(command);
    return (await clipboard.readText()).trimEnd();
  } finally {
    if ((await clipboard.readText()) !== before) await clipboard.writeText(before);
  }
}
