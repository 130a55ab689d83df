/** Creates the prompt library, its slash commands, the diagnostics of its files, and their VS Code commands. */

import * as vscode from 'vscode';
import { DisposableStore } from '../../base/host/disposables.ts';
import type { Feature, RunCommand } from '../../base/host/feature.ts';
import { lazily } from '../../base/host/lazyFeature.ts';
import { readProfiles } from '../../connections/host/connections.ts';
import type { Models } from '../../connections/host/models.ts';
import { attachmentRoom } from '../../llm/budget.ts';
import type { CommandContextOptions } from './commandContext.ts';
import { createLazyCommandContext } from './lazyCommandContext.ts';
import type { PromptCommandsDependencies } from './promptCommands.ts';
import { createPromptLibrary } from './promptLibrary.ts';
import type { SlashCommands } from './slashCommand.ts';
import { createSlashCommands } from './slashCommands.ts';

export interface PromptsDependencies
  extends Pick<CommandContextOptions, 'lastEditor' | 'sources'>,
    Pick<PromptCommandsDependencies, 'media' | 'views'> {
  models: Pick<Models, 'describe'>;
  run: RunCommand;
  /** The extension's storage folder. */
  storage: vscode.Uri;
  log: Pick<vscode.LogOutputChannel, 'warn'>;
}

export interface Prompts extends Feature<'prompts'> {
  /** The commands for composers and VS Code's chat. */
  readonly slashCommands: SlashCommands;
}

/** `views` is read only when a question is asked, so it may be created later. */
export function createPrompts(dependencies: PromptsDependencies): Prompts {
  const { lastEditor, sources, models, views, media, run, storage, log } = dependencies;
  const disposables = new DisposableStore();
  const promptFolder = vscode.Uri.joinPath(storage, 'prompts');
  const library = disposables.add(createPromptLibrary({ userFolder: promptFolder, log }));
  const commands = createSlashCommands({
    library,
    clear: () => run('qiao.newChat'),
    compact: () => views.active.meter.summarise({ whole: true }),
    export: () => run('qiao.exportChat'),
    context: createLazyCommandContext({
      lastEditor,
      sources,
      tokens() {
        const { model, parameters } = views.active.chats.current.settings;
        return attachmentRoom(models.describe(model), parameters);
      },
    }),
  });
  const diagnostics = disposables.add(
    lazily(async () =>
      (await import('./promptDiagnostics.ts')).createPromptDiagnostics({
        library,
        builtInNames: commands.choices.filter(({ source }) => source === 'built-in').map(({ name }) => name),
        connectionIds: () => readProfiles().map(({ id }) => id),
      }),
    ),
  );
  // Nothing to report without a file.
  const report = (error: unknown): void => log.warn(`Prompts are not checked: ${error}`);
  disposables.add(
    library.onDidChange(() => {
      if (library.entries.length > 0) diagnostics.load().catch(report);
    }),
  );
  const own = { views, commands, library, promptFolder, media };
  return {
    slashCommands: commands,
    commands: {
      'qiao.runPrompt': async () => (await import('./promptCommands.ts')).runPrompt(own),
      'qiao.newPrompt': async () => (await import('./promptCommands.ts')).newPrompt(own),
      'qiao.editPrompt': async () => (await import('./promptCommands.ts')).editPrompt(own),
      'qiao.openPromptsFolder': async () => (await import('./promptCommands.ts')).openPromptsFolder(own),
      'qiao.addStarterPrompts': async () => (await import('./promptCommands.ts')).addStarterPrompts(own),
    },
    dispose: () => disposables.dispose(),
  };
}
