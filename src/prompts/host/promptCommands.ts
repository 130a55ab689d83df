/** Commands of the palette for prompts: run, create, edit, open the folder, add starter prompts. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { pathExists } from '../../base/host/pathExists.ts';
import { UserError } from '../../base/host/userError.ts';
import { showInformationMessage } from '../../base/host/window/messages.ts';
import { createQuickPick, showInputBox, showQuickPick } from '../../base/host/window/quickInput.ts';
import type { ChatViews } from '../../chat/host/chatViews.ts';
import { describePrompt } from './libraryCommand.ts';
import { isPromptName } from './promptFile.ts';
import type { LibraryEntry, PromptLibrary } from './promptLibrary.ts';
import type { SlashCommands } from './slashCommand.ts';

export interface PromptCommandsDependencies {
  views: Pick<ChatViews, 'active'>;
  commands: Pick<SlashCommands, 'choices'>;
  library: Pick<PromptLibrary, 'entries' | 'load' | 'refresh'>;
  /** The user's own prompts. */
  promptFolder: vscode.Uri;
  /** The folder of what is shipped beside the code. */
  media: vscode.Uri;
}

/** Puts the chosen command into the composer, which shows its attachments before the user sends it. */
export async function runPrompt({
  views,
  commands,
  library,
}: Omit<PromptCommandsDependencies, 'media' | 'promptFolder'>): Promise<void> {
  await library.load();
  const edit = { iconPath: new vscode.ThemeIcon('edit'), tooltip: l10n.t('Edit') };
  const items = commands.choices
    .filter(({ local }) => !local)
    .map(({ name, description, source }) => {
      const entry = library.entries.find(({ file, duplicate }) => file?.name === name && !duplicate);
      const uri = source === 'built-in' ? undefined : entry?.uri;
      return {
        label: `/${name}`,
        name,
        description: sourceName(source),
        detail: description,
        uri,
        buttons: uri ? [edit] : [],
      };
    });
  const picker = createQuickPick<(typeof items)[number]>({
    placeholder: l10n.t('Choose a prompt'),
    matchOnDetail: true,
  });
  picker.items = items;
  const chosen = await new Promise<{ name: string } | vscode.Uri | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.activeItems[0]));
    picker.onDidTriggerItemButton(({ item }) => resolve(item.uri));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  picker.dispose();
  if (chosen instanceof vscode.Uri) await vscode.window.showTextDocument(chosen);
  else if (chosen) {
    // The existing draft becomes the text after the command.
    const view = views.active;
    const { composer } = view;
    composer.draft = `/${chosen.name} ${composer.draft}`;
    await view.show({ type: 'composer-focus', text: composer.draft });
  }
}

/** Asks for a name and a folder, creates the file from a template, and opens it. */
export async function newPrompt({
  library,
  promptFolder,
}: Pick<PromptCommandsDependencies, 'library' | 'promptFolder'>): Promise<void> {
  const name = await showInputBox({
    prompt: l10n.t('Name of the prompt; it is called with a slash ahead'),
    validateInput: (value) =>
      value === '' || isPromptName(value)
        ? undefined
        : l10n.t('A name has letters, digits, - and _ only, 60 at most.'),
  });
  if (!name) return;
  const workspace = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  const places = [
    { label: l10n.t('For me, in every workspace'), folder: promptFolder },
    ...workspace.map((folder) => ({
      label: l10n.t('For this workspace: {0}', folder.name),
      folder: vscode.Uri.joinPath(folder.uri, '.qiao', 'prompts'),
    })),
  ];
  const place = places.length === 1 ? places[0] : await showQuickPick(places);
  if (!place) return;
  const uri = vscode.Uri.joinPath(place.folder, `${name}.md`);
  if (await pathExists(uri)) throw new UserError(l10n.t('There is a prompt of this name already.'));
  await vscode.workspace.fs.createDirectory(place.folder);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(template()));
  await library.refresh();
  await vscode.window.showTextDocument(uri);
}

/** Opens a chosen prompt file, including those with mistakes. */
export async function editPrompt({ library }: Pick<PromptCommandsDependencies, 'library'>): Promise<void> {
  await library.load();
  const items = library.entries.map((entry) => ({
    label: entry.file?.name ?? entry.fileName,
    description: sourceName(entry.source),
    detail: entry.problems.length > 0 ? l10n.t('Has mistakes') : entry.file ? describePrompt(entry.file) : '',
    uri: entry.uri,
  }));
  if (items.length === 0)
    throw new UserError(l10n.t('There are no prompts yet. Make one with “New Prompt”.'));
  const chosen = await showQuickPick(items, { placeHolder: l10n.t('Choose a prompt') });
  if (chosen) await vscode.window.showTextDocument(chosen.uri);
}

export async function openPromptsFolder({
  promptFolder,
}: Pick<PromptCommandsDependencies, 'promptFolder'>): Promise<void> {
  await vscode.workspace.fs.createDirectory(promptFolder);
  await vscode.commands.executeCommand('revealFileInOS', promptFolder);
}

/** Copies the starter prompts of the user's language; keeps existing files. */
export async function addStarterPrompts({
  library,
  promptFolder,
  media,
}: Pick<PromptCommandsDependencies, 'library' | 'promptFolder' | 'media'>): Promise<void> {
  const { fs } = vscode.workspace;
  const language = vscode.env.language.startsWith('zh') ? 'zh-cn' : 'en';
  const from = vscode.Uri.joinPath(media, 'prompts', language);
  await fs.createDirectory(promptFolder);
  let added = 0;
  for (const [name] of await fs.readDirectory(from)) {
    const target = vscode.Uri.joinPath(promptFolder, name);
    if (await pathExists(target)) continue;
    await fs.copy(vscode.Uri.joinPath(from, name), target, { overwrite: false });
    added++;
  }
  await library.refresh();
  void showInformationMessage(l10n.t('Prompts added: {0}. What was there stays as it is.', added));
}

function sourceName(source: LibraryEntry['source'] | 'built-in'): string {
  if (source === 'built-in') return l10n.t('built in');
  return source === 'user' ? l10n.t('yours') : l10n.t('from this workspace');
}

function template(): string {
  const about = l10n.t('What this prompt does');
  const more = l10n.t(
    'More keys: model, parameters, context (selection, file, problems, changes, open-editors)',
  );
  const text = l10n.t('Write what you ask for here, about:');
  return `---\ndescription: ${about}\n# ${more}\n---\n${text} \${selection}\n`;
}
