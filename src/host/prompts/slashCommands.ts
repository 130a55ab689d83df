/** The slash commands there are, and which one a draft begins with. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { CommandChoice } from '../../core/protocol.ts';
import { createBuiltIns } from './builtIns.ts';
import type { CommandContext } from './commandContext.ts';
import type { SlashCommand, SlashCommands } from './slashCommand.ts';

export interface SlashCommandsOptions {
  /** Begins a new conversation. */
  clear(): Promise<void>;
  /** Puts a summary in the place of earlier turns. */
  compact(): Promise<void>;
  /** Writes the conversation to a file. */
  export(): Promise<void>;
  /** What the asking commands attach. */
  context: CommandContext;
}

export function createSlashCommands(options: SlashCommandsOptions): SlashCommands {
  const changed = new vscode.EventEmitter<void>();
  const commands: readonly (SlashCommand & { description: string; source: CommandChoice['source'] })[] = [
    ...createBuiltIns(options.context).map((command) => ({ ...command, source: 'built-in' as const })),
    local('clear', l10n.t('Begin a new conversation'), options.clear),
    local('compact', l10n.t('Put a summary in the place of earlier turns'), options.compact),
    local('export', l10n.t('Save this conversation as a file'), options.export),
  ];
  return {
    get choices() {
      return commands.map(({ name, description, source, kind }) => ({
        name,
        description,
        source,
        local: kind === 'local',
      }));
    },
    onDidChange: changed.event,
    parse(draft) {
      const [, name, rest = ''] = /^\s*\/([^\s/]+)(?:\s+([\s\S]*))?$/.exec(draft) ?? [];
      const command = commands.find((known) => known.name === name);
      return command && { command, rest: rest.trim() };
    },
    dispose: () => changed.dispose(),
  };
}

function local(
  name: string,
  description: string,
  run: () => Promise<void>,
): SlashCommand & { description: string; source: 'built-in' } {
  return { kind: 'local', name, description, source: 'built-in', run };
}
