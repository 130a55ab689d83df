/** Imports conversations from files: confirms their system prompts, and removes links out of the workspace. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { markHidden } from '../../../base/common/hiddenText.ts';
import { UserError } from '../../../base/host/userError.ts';
import { showOpenDialog } from '../../../base/host/window/fileDialogs.ts';
import { showInformationMessage, showWarningMessage } from '../../../base/host/window/messages.ts';
import { isOfWorkspace } from '../../../context/host/storedAddress.ts';
import type { Attachment, Conversation } from '../../common/conversation.ts';
import {
  ImportError,
  type ImportFault,
  type ImportSummary,
  maxImportSize,
  readImport,
  summarizeImport,
} from '../../common/importConversations.ts';
import type { History } from './history.ts';

/** Asks for files and adds their conversations. An invalid file aborts the import. */
export async function importConversations({ history }: { history: Pick<History, 'add'> }): Promise<void> {
  const sources = await showOpenDialog({
    canSelectMany: true,
    filters: { JSON: ['json'] },
    openLabel: l10n.t('Import'),
    title: l10n.t('Import Chats'),
  });
  if (sources) await importFiles(sources, { history, confirm: confirmInWindow });
}

export interface ImportDependencies {
  history: Pick<History, 'add'>;
  /** `undefined`: nothing is imported. */
  confirm(summary: ImportSummary, links: number): Promise<'import' | 'without-prompts' | undefined>;
}

/** Imports these files; throws a `UserError`. Confirms only files with system prompts or with links to remove. */
export async function importFiles(
  sources: readonly vscode.Uri[],
  { history, confirm }: ImportDependencies,
): Promise<void> {
  const read: Conversation[] = [];
  for (const source of sources) read.push(...(await readFile(source)));
  const { conversations, links } = await withoutForeignLinks(read);
  const summary = summarizeImport(conversations);
  const choice = summary.systemPrompts.length > 0 || links > 0 ? await confirm(summary, links) : 'import';
  if (!choice) return;
  for (const conversation of conversations)
    await history.add(choice === 'import' ? conversation : withoutPrompt(conversation));
  void showInformationMessage(
    summary.conversations === 1
      ? l10n.t('One chat was imported.')
      : l10n.t('{0} chats were imported.', summary.conversations),
  );
}

async function readFile(source: vscode.Uri): Promise<Conversation[]> {
  const name = source.path.split('/').at(-1) ?? '';
  try {
    if ((await vscode.workspace.fs.stat(source)).size > maxImportSize)
      throw new ImportError({ type: 'too-large' });
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(source));
    return readImport(text, { newId: randomUUID, now: Date.now() });
  } catch (error) {
    if (error instanceof ImportError) throw new UserError(describeFault(error.fault, name), { cause: error });
    throw error;
  }
}

function describeFault(fault: ImportFault, name: string): string {
  switch (fault.type) {
    case 'too-large':
      return l10n.t('“{0}” is too large to be imported. Nothing was imported.', name);
    case 'newer':
      return l10n.t(
        '“{0}” was not written by this version of Qiao. Update Qiao to import it. Nothing was imported.',
        name,
      );
    case 'no-json':
      return l10n.t('“{0}” is not a chat that Qiao exported. Nothing was imported.', name);
    case 'unsound':
      return l10n.t(
        '“{0}” is not a chat that Qiao exported, or it was changed: {1}. Nothing was imported.',
        name,
        fault.where,
      );
  }
}

/** Removes the URIs of attachments outside the workspace. `links`: how many. */
async function withoutForeignLinks(
  conversations: readonly Conversation[],
): Promise<{ conversations: Conversation[]; links: number }> {
  let links = 0;
  const known = new Map<string, Promise<boolean>>();
  const keep = async (attachment: Attachment): Promise<Attachment> => {
    if (attachment.uri === '') return attachment;
    const key = JSON.stringify([attachment.kind, attachment.uri, attachment.path]);
    const own = known.get(key) ?? isOfWorkspace(attachment);
    known.set(key, own);
    if (await own) return attachment;
    links++;
    return { ...attachment, uri: '' };
  };
  const kept: Conversation[] = [];
  for (const conversation of conversations) {
    const turns: Conversation['turns'][number][] = [];
    for (const turn of conversation.turns)
      turns.push({ ...turn, attachments: await Promise.all(turn.attachments.map(keep)) });
    kept.push({ ...conversation, turns });
  }
  return { conversations: kept, links };
}

function withoutPrompt(conversation: Conversation): Conversation {
  const { systemPrompt: _, ...settings } = conversation.settings;
  return { ...conversation, settings };
}

const maxPrompts = 3;
const maxCharacters = 600;

async function confirmInWindow(
  summary: ImportSummary,
  links: number,
): Promise<'import' | 'without-prompts' | undefined> {
  const take = l10n.t('Import');
  const withoutPrompts = l10n.t('Import Without System Prompts');
  const question =
    summary.conversations === 1
      ? l10n.t('Import one chat?')
      : l10n.t('Import {0} chats?', summary.conversations);
  const choices = summary.systemPrompts.length > 0 ? [take, withoutPrompts] : [take];
  const detail = describeImport(summary, links);
  const choice = await showWarningMessage(question, { modal: true, detail }, ...choices);
  if (choice === undefined) return undefined;
  return choice === take ? 'import' : 'without-prompts';
}

/** Details of the confirmation, in the user's language. */
export function describeImport(
  { questions, attachments, images, systemPrompts }: ImportSummary,
  links: number,
): string {
  const more = systemPrompts.length - maxPrompts;
  return [
    l10n.t('Questions: {0} · attachments: {1}, of them images: {2}', questions, attachments, images),
    links > 0 &&
      l10n.t(
        'Attachments whose file lies outside this workspace, or is another than their name says: {0}. They keep their text and lose the link.',
        links,
      ),
    systemPrompts.length > 0 && l10n.t('A system prompt steers every answer in its chat. It says:'),
    ...systemPrompts.slice(0, maxPrompts).map((prompt) => `“${shorten(markHidden(prompt))}”`),
    more > 0 && l10n.t('… and {0} more', more),
  ]
    .filter((line) => line !== false)
    .join('\n\n');
}

function shorten(text: string): string {
  const characters = [...text.slice(0, 4 * maxCharacters)];
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters).join('')}…` : text;
}
