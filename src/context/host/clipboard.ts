/** Text from the clipboard, and through it from the terminal, for which VS Code has no other way. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { toLooseAttachment } from './documentAttachment.ts';
import type { Origins } from './origins.ts';

/** In characters; of more, the end is taken, where the errors are. */
export const maxTerminalCharacters = 100_000;

/** As many as of a file; more would fill every model, and the panel would stand still. */
const maxClipboardCharacters = 1024 * 1024;

/** Throws when there is no text in it, or more than any model takes. */
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

/** The command and what it printed. Throws when the terminal does not know it. */
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

/** What the command copies; the clipboard is afterwards as it was. */
async function copyThrough(command: string): Promise<string> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  // Without text there may be a picture: it survives unless something is copied.
  if (before !== '') await clipboard.writeText('');
  try {
    await vscode.commands.executeCommand(command);
    return (await clipboard.readText()).trimEnd();
  } finally {
    if ((await clipboard.readText()) !== before) await clipboard.writeText(before);
  }
}
