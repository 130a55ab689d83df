/** Lists the slash commands, and finds the one at the start of a draft. */

import { l10n } from 'vscode';
import { confirmHiddenPrompt } from '../../base/host/hiddenTexts.ts';
import type { CommandChoice } from '../../chat/common/protocol.ts';
import { createBuiltIns } from './builtIns.ts';
import type { CommandContext } from './commandContext.ts';
import { type InputPort, toCommand, windowInput } from './libraryCommand.ts';
import type { PromptFile } from './promptFile.ts';
import type { LibraryEntry, PromptLibrary } from './promptLibrary.ts';
import type { SlashCommand, SlashCommands } from './slashCommand.ts';

export interface SlashCommandsOptions {
  /** Begins a new conversation. */
  clear(): Promise<void>;
  /** Replaces earlier turns by a summary. */
  compact(): Promise<void>;
  /** Writes the conversation to a file. */
  export(): Promise<void>;
  /** Makes the attachments of the commands. */
  context: CommandContext;
  /** Owned by the caller. */
  library: PromptLibrary;
  input?: InputPort;
  /** Whether a prompt may be sent without the hidden characters of its file; by default asks the user. */
  confirmHidden?: typeof confirmHiddenPrompt;
}

type Known = SlashCommand & Pick<CommandChoice, 'description' | 'source'>;

/** Of commands with one name, the built-in one wins, then the user's file, then the workspace's. */
export function createSlashCommands(options: SlashCommandsOptions): SlashCommands {
  const { library, context, input = windowInput, confirmHidden = confirmHiddenPrompt } = options;
  /** Files with their text that the user agreed to send without hidden characters. */
  const agreed = new Set<string>();
  const confirmOnce = async (
    { uri, text }: LibraryEntry,
    { name }: PromptFile,
    hidden: NonNullable<PromptFile['hidden']>,
  ): Promise<boolean> => {
    const key = JSON.stringify([uri.toString(), text]);
    if (!agreed.has(key) && (await confirmHidden({ name, hidden }, uri))) agreed.add(key);
    return agreed.has(key);
  };
  const builtIn: readonly Known[] = [
    ...createBuiltIns(context).map((command) => ({ ...command, source: 'built-in' as const })),
    local('clear', l10n.t('Begin a new chat'), options.clear),
    local('compact', l10n.t('Put a summary in the place of earlier turns'), options.compact),
    local('export', l10n.t('Save this chat as a file'), options.export),
  ];
  const taken = new Set(builtIn.map(({ name }) => name));
  const commands = (): readonly Known[] => {
    const files = library.entries.flatMap((entry) => {
      const { file, source, duplicate } = entry;
      if (!file || duplicate || taken.has(file.name)) return [];
      const confirm = (hidden: NonNullable<PromptFile['hidden']>) => confirmOnce(entry, file, hidden);
      return [{ ...toCommand(file, { context, input, confirmHidden: confirm }), source }];
    });
    return [...builtIn, ...files];
  };
  return {
    get choices() {
      void library.load();
      return commands().map(({ name, description, source, kind }) => ({
        name,
        description,
        source,
        local: kind === 'local',
      }));
    },
    load: () => library.load(),
    onDidChange: library.onDidChange,
    parse(draft) {
      const [, name, rest = ''] = /^\s*\/([^\s/]+)(?:\s([\s\S]*))?$/.exec(draft) ?? [];
      const command = name === undefined ? undefined : commands().find((known) => known.name === name);
      return command && { command, rest: rest.trim() };
    },
  };
}

function local(name: string, description: string, run: () => Promise<void>): Known {
  return { kind: 'local', name, description, source: 'built-in', run };
}
